using System.Collections.Immutable;

namespace TcpLens.Zabbix.Plugin;

/// <summary>
/// One connection of agent 2 to a loadable plugin, seen from the plugin. Keys are answered side by side, each when its value is there; a source
/// that throws, hangs or gives nothing costs its own key alone.
/// </summary>
public sealed class PluginSession : IDisposable
{
    /// <summary>Keys that may wait at a time; an agent of 7.0 sends no more.</summary>
    public const int ExportsMaximum = 1000;

    /// <summary>How long a key may take where the agent does not say: longer than any agent before 7.0 waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Zabbix' own options of every plugin, which 6.0 passes on.
    private const string System = "System";

    private readonly Stream _agent;
    private readonly IItemSource _source;
    private readonly PluginDescription _description;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _writing = new(1);
    private int _exports;

    private PluginSession(Stream agent, IItemSource source, PluginDescription description, TimeProvider clock)
    {
        _agent = agent;
        _source = source;
        _description = description;
        _clock = clock;
    }

    /// <summary>Serves the agent until it ends the session.</summary>
    /// <param name="agent">The connection; it stays open.</param>
    /// <param name="source">Knows the values.</param>
    /// <param name="description">What the plugin is.</param>
    /// <param name="clock">Measures how long a key takes.</param>
    /// <param name="cancel">Ends the session at once.</param>
    /// <exception cref="PluginException">What the agent sends is not understood any more.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<PluginEnd> RunAsync(Stream agent, IItemSource source, PluginDescription description, TimeProvider clock, CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var session = new PluginSession(agent, source, description, clock);
        try
        {
            return await session.RunAsync(ended.Token).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Called when the session has ended; keys that are still being answered notice it.</summary>
    public void Dispose() => _writing.Dispose();

    private async Task<PluginEnd> RunAsync(CancellationToken cancel)
    {
        while (await PluginFrame.ReadAsync(_agent, cancel).ConfigureAwait(false) is { } message)
        {
            if (!PluginRequest.TryParse(message, out var request))
                await SendAsync(PluginAnswer.Log(PluginSeverity.Warning, $"a message of {message.Length} bytes was not understood"), cancel).ConfigureAwait(false);
            else if (request.Type == PluginMessageType.Terminate)
                return PluginEnd.Terminated;
            else
                await TakeAsync(request, cancel).ConfigureAwait(false);
        }

        return PluginEnd.Closed;
    }

    private async ValueTask TakeAsync(PluginRequest request, CancellationToken cancel)
    {
        switch (request.Type)
        {
            case PluginMessageType.RegisterRequest:
                // Any version of the protocol is taken: the messages of all that have been seen differ by fields only that may be missing.
                await SendAsync(PluginAnswer.Register(request.Id, _description), cancel).ConfigureAwait(false);
                break;
            case PluginMessageType.ValidateRequest:
                await SendAsync(PluginAnswer.Validate(request.Id, Unknown(request.Options)), cancel).ConfigureAwait(false);
                break;
            case PluginMessageType.Configure:
                _description.Configured(request.Options.GroupBy(option => option.Name, StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal));
                break;
            case PluginMessageType.ExportRequest:
                _ = ExportAsync(request, cancel);
                break;
            default:
                // Start asks for nothing; others are of a protocol to come.
                break;
        }
    }

    private string? Unknown(ImmutableArray<PluginOption> options)
    {
        string[] unknown = [.. options.Select(option => option.Name)
            .Where(name => name != System && !name.StartsWith(System + ".", StringComparison.Ordinal) && !_description.Options.Contains(name, StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal)];
        if (unknown.Length == 0)
            return null;
        string known = _description.Options.IsEmpty ? "it has no options" : $"known: {string.Join(", ", _description.Options)}";
        return $"unknown option of {_description.Name}: {string.Join(", ", unknown.Take(10))} ({known})";
    }

    // Nobody waits for it: whatever goes wrong ends here.
    private async Task ExportAsync(PluginRequest request, CancellationToken cancel)
    {
        try
        {
            var answer = await AnswerAsync(request, cancel).ConfigureAwait(false);
            await SendAsync(PluginAnswer.Export(request.Id, answer), cancel).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reading side sees the end of the connection.
        }
    }

    private async Task<AgentAnswer> AnswerAsync(PluginRequest request, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _exports) > ExportsMaximum)
        {
            Interlocked.Decrement(ref _exports);
            return AgentAnswer.NotSupported($"more than {ExportsMaximum} keys wait for their values already");
        }

        string? key = new ItemKey(request.Key, request.Parameters).ToText();
        if (key is null)
        {
            Interlocked.Decrement(ref _exports);
            return AgentAnswer.NotSupported("Invalid item key format.");
        }

        var patience = request.Timeout ?? Patience;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var value = ValueAsync(key, limit.Token);
        try
        {
            return await value.WaitAsync(patience, _clock, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync().ConfigureAwait(false);
            return AgentAnswer.NotSupported($"no value within {patience.TotalSeconds} s");
        }
    }

    // A key counts as waiting for as long as the source works on it, even when the agent waits no more.
    private async Task<AgentAnswer> ValueAsync(string key, CancellationToken cancel)
    {
        try
        {
            // A source that blocks must not hold up the next message.
            return await Task.Run(async () => await _source.AnswerAsync(key, cancel).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return AgentAnswer.NotSupported($"{key} failed: {failure.Message}");
        }
        finally
        {
            Interlocked.Decrement(ref _exports);
        }
    }

    private async ValueTask SendAsync(byte[] message, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await _agent.WriteAsync(message, cancel).ConfigureAwait(false);
            await _agent.FlushAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }
}
