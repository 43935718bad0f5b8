using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TcpLens.Zabbix.Buffer;

namespace TcpLens.Zabbix.Sender;

/// <summary>
/// Sends the values of one lane in order, and removes them when the peer has acknowledged them.
/// </summary>
/// <remarks>
/// What becomes of a message:
/// <list type="bullet">
/// <item>No connection, no answer, or none that can be read: it is not known whether it arrived. The same values are sent again, with the same
/// session, ids and clocks.</item>
/// <item>"failed", or "success" without "processed: N" (an unknown host is told so): nothing was taken. The same values are sent again.</item>
/// <item>"processed: N; failed: M": the message was taken in. N values are stored. The M others are not, and never will be: the server has seen
/// their ids. It says no reason; unknown, deleted or disabled items or hosts are one, having had the values already is another. They are removed,
/// counted and told.</item>
/// </list>
/// Every wait between two tries is twice as long as the one before, up to a limit.
/// </remarks>
internal sealed class Delivery
{
    private readonly BufferLane _lane;
    private readonly ServerPeer _peer;
    private readonly DeliverySettings _settings;
    private readonly Func<IReadOnlyList<WaitingValue>, byte[]> _message;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<bool> _hopes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private WaitingValue? _tried;
    private string? _trouble;
    private (string Words, DateTimeOffset At)? _lastTrouble;
    private DateTimeOffset? _lastSuccess;
    private long _sent;
    private long _refused;
    private long _repeated;
    private bool _wasRefused;
    private volatile bool _isHeld;

    /// <summary>Makes it ready to <see cref="RunAsync"/>.</summary>
    /// <param name="lane">Where the values wait.</param>
    /// <param name="peer">Where they go.</param>
    /// <param name="settings">When and how much.</param>
    /// <param name="message">Makes the message for values of one session.</param>
    /// <param name="clock">Tells the time, and waits.</param>
    /// <param name="log">Is told when trouble begins, changes and ends.</param>
    public Delivery(BufferLane lane, ServerPeer peer, DeliverySettings settings, Func<IReadOnlyList<WaitingValue>, byte[]> message, TimeProvider clock, ILogger log)
    {
        _lane = lane;
        _peer = peer;
        _settings = settings;
        _message = message;
        _clock = clock;
        _log = log;
    }

    public DeliveryStatus Status
    {
        get
        {
            var lane = _lane.Status;
            lock (_lock)
            {
                return new DeliveryStatus
                {
                    Lane = lane,
                    Address = _peer.Address,
                    Sent = _sent,
                    Refused = _refused,
                    Repeated = _repeated,
                    LastSuccess = _lastSuccess,
                    Trouble = _trouble,
                    LastTrouble = _lastTrouble?.Words,
                    LastTroubleAt = _lastTrouble?.At,
                };
            }
        }
    }

    /// <summary>Whether the peer does not want values for now; they wait.</summary>
    public bool IsHeld
    {
        get => _isHeld;
        set
        {
            _isHeld = value;
            Wake();
        }
    }

    /// <summary>There are new values.</summary>
    public void Wake() => _news.Writer.TryWrite(true);

    /// <summary>The peer answers again: there is no need to wait longer.</summary>
    public void Hope() => _hopes.Writer.TryWrite(true);

    /// <summary>Delivers until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var pause = _settings.FirstPause;
        while (true)
        {
            if (_isHeld || _lane.Peek(1, 1).Count == 0)
            {
                await _news.Reader.ReadAsync(cancel).ConfigureAwait(false);
                if (!_isHeld && _lane.Peek(_settings.ValuesMaximum, _settings.BytesMaximum).Count < _settings.ValuesMaximum)
                    await Task.Delay(_settings.Gathering, _clock, cancel).ConfigureAwait(false);
                continue;
            }

            if (await SendAsync(cancel).ConfigureAwait(false))
            {
                pause = _settings.FirstPause;
                continue;
            }

            await PauseAsync(pause, cancel).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, _settings.LongestPause.Ticks));
        }
    }

    /// <summary>Sends one message; <see langword="false"/> when its values are still in the lane.</summary>
    private async Task<bool> SendAsync(CancellationToken cancel)
    {
        var values = _lane.Peek(_settings.ValuesMaximum, _settings.BytesMaximum);
        if (values.Count == 0)
            return true;
        bool isRepeated = values[0].Session != _lane.Session || (_tried is { } tried && tried.Session == values[0].Session && values[0].Id <= tried.Id);
        _tried = values[^1];
        try
        {
            var (_, answer) = await _peer.AskAsync(_message(values), cancel).ConfigureAwait(false);
            if (!answer.IsSuccess || answer.Count is not { } count || count.Total == 0)
            {
                Complain($"{_peer.Address} took nothing: {(answer.Info.Length > 0 ? answer.Info : "it says no reason")}");
                return false;
            }

            _lane.Remove(values[^1]);
            Succeed(values.Count, Math.Min(count.Processed, values.Count), isRepeated, answer.Info);
            if (answer.IsUploadPaused)
                IsHeld = true;
            return true;
        }
        catch (ServerException silent)
        {
            Complain(silent.Message);
            return false;
        }
    }

    private void Succeed(long count, long processed, bool isRepeated, string info)
    {
        bool isOver;
        bool isNewlyRefused;
        lock (_lock)
        {
            isOver = _trouble is not null;
            _trouble = null;
            _sent += processed;
            if (isRepeated)
                _repeated += count - processed;
            else
                _refused += count - processed;
            isNewlyRefused = !isRepeated && count > processed && !_wasRefused;
            if (!isRepeated)
                _wasRefused = count > processed;
            if (processed > 0 || isRepeated)
                _lastSuccess = _clock.GetUtcNow();
        }

        if (isOver)
            SenderLog.Recovered(_log, _peer.Address.ToString(), _lane.Status.Waiting, _lane.Name);
        if (isNewlyRefused)
            SenderLog.Refused(_log, _peer.Address.ToString(), count - processed, count, info);
    }

    private void Complain(string trouble)
    {
        bool isNew;
        lock (_lock)
        {
            isNew = _trouble != trouble;
            _trouble = trouble;
            _lastTrouble = (trouble, _clock.GetUtcNow());
        }

        if (isNew)
            SenderLog.Trouble(_log, trouble, _lane.Status.Waiting, _lane.Name);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancel)
    {
        _hopes.Reader.TryRead(out _);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(Task.Delay(pause, _clock, both.Token), _hopes.Reader.ReadAsync(both.Token).AsTask()).ConfigureAwait(false);
        await both.CancelAsync().ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
    }
}
