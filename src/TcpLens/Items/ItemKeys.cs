using TcpLens.CommandLine;
using TcpLens.Commands;
using TcpLens.Core.Monitoring;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;

namespace TcpLens.Items;

/// <summary>
/// The items of TcpLens for whoever asks for many of them: one reading of the kernel answers every key about whole states in the same second, one
/// pass every count by port or address. An agent of our own has the standard keys besides.
/// </summary>
internal sealed class ItemKeys : IItemSource, IDisposable
{
    private readonly AgentIdentity? _identity;
    private readonly Func<CancellationToken, ValueTask<IKernel?>>? _latest;
    private readonly Func<MonitorPresence>? _monitor;
    private readonly KernelWorker _worker;
    private readonly SharedReadings _readings;
    private readonly SharedCounts _counts;
    private readonly Shared<AgentAnswer> _namespaces;
    private readonly Shared<AgentAnswer> _services;

    /// <summary>Answers from a kernel.</summary>
    /// <param name="kernel">Asked by one thread at a time, and by nobody else.</param>
    /// <param name="clock">Says which second it is.</param>
    /// <param name="identity">What the agent says of itself; <see langword="null"/>: this is no agent, and <c>agent.*</c> and
    /// <c>net.tcp.socket.count</c> are those of the agent that asks.</param>
    /// <param name="latest">A reading that somebody else keeps fresh (the resident monitor's reports); <see langword="null"/>, or giving
    /// <see langword="null"/> or one that refuses (<see cref="NotSupportedException"/>): the kernel is read.</param>
    /// <param name="monitor">What came of asking the resident monitor before; <see langword="null"/>: nobody asks one.</param>
    public ItemKeys(
        IKernel kernel, TimeProvider clock, AgentIdentity? identity, Func<CancellationToken, ValueTask<IKernel?>>? latest = null, Func<MonitorPresence>? monitor = null)
    {
        _identity = identity;
        _latest = latest;
        _monitor = monitor;
        _worker = new KernelWorker(kernel);
        _readings = new SharedReadings(_worker, clock);
        _counts = new SharedCounts(_worker, clock);
        _namespaces = new Shared<AgentAnswer>(() => _worker.RunAsync(one => ZabbixKeys.Answer(KeyNames.Namespaces, one)), clock);
        _services = new Shared<AgentAnswer>(() => _worker.RunAsync(one => ZabbixKeys.Answer(KeyNames.Services, one)), clock);
    }

    /// <summary>Detailed readings of the kernel so far.</summary>
    public int Readings => _readings.Count;

    /// <summary>Passes for counts so far.</summary>
    public int Passes => _counts.Count;

    public async ValueTask<AgentAnswer> AnswerAsync(string key, CancellationToken cancel)
    {
        if (!ItemKey.TryParse(key, out var parsed))
            return AgentAnswer.NotSupported("Invalid item key format.");
        if (_identity?.Answer(parsed) is { } about)
            return about;
        try
        {
            return parsed.Name switch
            {
                SocketCountQuery.Key when _identity is not null => await CountAsync(parsed, cancel).ConfigureAwait(false),
                KeyNames.State => await StateAsync(key, parsed, cancel).ConfigureAwait(false),
                KeyNames.Namespaces when parsed.Parameters.IsEmpty => await _namespaces.GetAsync(cancel).ConfigureAwait(false),
                KeyNames.Services when parsed.Parameters.IsEmpty => await LatestAsync(key, cancel).ConfigureAwait(false) ?? await _services.GetAsync(cancel).ConfigureAwait(false),
                { } name when !KeyNames.All.Contains(name, StringComparer.Ordinal) => RecipeKeys.Unknown(name),
                _ => await WholeAsync(key, cancel).ConfigureAwait(false),
            };
        }
        catch (Exception failure) when (ZabbixKeys.IsOfKernel(failure))
        {
            return AgentAnswer.NotSupported(failure.Message);
        }
    }

    /// <summary>What has been begun goes on to its end, and must be able to.</summary>
    public void Dispose() => _worker.Dispose();

    private async ValueTask<AgentAnswer> CountAsync(ItemKey key, CancellationToken cancel) =>
        SocketCountQuery.TryParse(key, ServiceFile.PortOf, out var query, out string? error)
            ? await _counts.CountAsync(query, cancel).ConfigureAwait(false)
            : AgentAnswer.NotSupported(error);

    private async ValueTask<AgentAnswer> StateAsync(string key, ItemKey parsed, CancellationToken cancel)
    {
        if (!StateQuery.TryParse(parsed, out var query, out string? error))
            return AgentAnswer.NotSupported(error);
        if (query.IsOfWholeStates)
            return await WholeAsync(key, cancel).ConfigureAwait(false);
        return query.Namespace is null
            ? await _counts.CountAsync(query, cancel).ConfigureAwait(false)
            : await _worker.RunAsync(kernel => ZabbixKeys.Answer(key, kernel)).WaitAsync(cancel).ConfigureAwait(false);
    }

    private async ValueTask<AgentAnswer> WholeAsync(string key, CancellationToken cancel) => await LatestAsync(key, cancel).ConfigureAwait(false)
        ?? ZabbixKeys.Answer(key, await _readings.NextAsync(cancel).ConfigureAwait(false), isRead: true, _monitor?.Invoke());

    private async ValueTask<AgentAnswer?> LatestAsync(string key, CancellationToken cancel)
    {
        if (_latest is null || await _latest(cancel).ConfigureAwait(false) is not { } latest)
            return null;
        try
        {
            return ZabbixKeys.Answer(key, latest, isRead: true);
        }
        catch (NotSupportedException)
        {
            // It does not hold what is asked: the kernel itself says it, or why not.
            return null;
        }
    }
}
