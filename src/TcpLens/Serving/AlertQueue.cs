using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TcpLens.Configuration;
using TcpLens.Core.Monitoring;

namespace TcpLens.Serving;

/// <summary>
/// What is to be told waits here until it has been: whoever adds never waits. One alert at a time, in order; when the other side is so slow
/// that the queue is full, the next ones are dropped, counted and logged.
/// </summary>
internal sealed class AlertQueue : IAsyncDisposable
{
    /// <summary>Five findings of each of two dozen rules cannot all change at once; what is more than this is a storm that nobody reads.</summary>
    public const int Longest = 64;

    private readonly Channel<Alert> _waiting = Channel.CreateBounded<Alert>(new BoundedChannelOptions(Longest) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly CancellationTokenSource _end = new();
    private readonly AlertDelivery _delivery = new();
    private readonly ILogger _log;
    private readonly Task _worker;
    private volatile AlertSettings _settings;
    private long _dropped;

    public AlertQueue(AlertSettings settings, ILogger log)
    {
        _settings = settings;
        _log = log;
        _worker = Task.Run(WorkAsync);
    }

    /// <summary>Alerts that found the queue full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Goes on with other settings; what waits is told by them.</summary>
    public void Change(AlertSettings settings) => _settings = settings;

    /// <summary>Takes what opened or closed with a report. Never blocks.</summary>
    public void Add(Report report)
    {
        var settings = _settings;
        if (settings.Webhook.Length == 0 && settings.Command.Length == 0)
            return;
        foreach (var change in report.Health.Changes)
        {
            if (change.Worst >= settings.Severity && !_waiting.Writer.TryWrite(new Alert(report.HostName, report.At, change)))
                _log.AlertDropped(change.Finding.Rule, Interlocked.Increment(ref _dropped));
        }
    }

    /// <summary>Ends at once; what still waits is not told any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _worker.ConfigureAwait(false);
        _delivery.Dispose();
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var alert in _waiting.Reader.ReadAllAsync(_end.Token).ConfigureAwait(false))
            {
                foreach (string trouble in await _delivery.TellAsync(alert, _settings, _end.Token).ConfigureAwait(false))
                    _log.AlertFailed(alert.Record.Finding.Rule, trouble);
            }
        }
        catch (OperationCanceledException)
        {
            // The monitor ends.
        }
    }
}
