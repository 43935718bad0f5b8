using TcpLens.Commands;
using TcpLens.Core.Sources;
using TcpLens.Linux.Reading;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;

namespace TcpLens.Items;

/// <summary>
/// Counts sockets of the own network namespace by query. Whenever one of the queries that were asked lately is asked, all of them are counted in
/// the same pass, and the numbers serve everybody for that second.
/// </summary>
internal sealed class SharedCounts(KernelWorker worker, TimeProvider clock)
{
    /// <summary>More than hosts have such items; each costs a comparison for every socket of a pass.</summary>
    public const int QueriesMaximum = 256;

    /// <summary>Longer than the usual intervals of items: what was not asked since is asked no more.</summary>
    private static readonly TimeSpan s_lately = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<ISocketQuery, (long AskedAt, CountingRound Round)> _asked = [];
    private CountingRound? _round;
    private int _count;

    /// <summary>Passes so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The number of sockets, or why there is none.</summary>
    /// <exception cref="SourceUnavailableException">The kernel cannot be read.</exception>
    public async ValueTask<AgentAnswer> CountAsync(ISocketQuery query, CancellationToken cancel)
    {
        if (query.States.Bits == 0)
            return AgentAnswer.Value("0");
        CountingRound round;
        lock (_gate)
        {
            round = _round is { } latest && Serves(latest, query) ? latest : _round = Begin();
            if (!Remember(query, round))
                return AgentAnswer.NotSupported($"more than {QueriesMaximum} different counts are asked for at the same time");
        }

        var pass = await round.Made.WaitAsync(cancel).ConfigureAwait(false);
        return ZabbixKeys.Counted(query, round.Of(query), pass);
    }

    // One that takes longer than its age is shared until it ends: a second one beside it would only take longer still.
    private bool Serves(CountingRound round, ISocketQuery query)
    {
        if (!round.IsFilled)
            return !round.Made.IsCompleted;
        return round.Has(query) && (!round.Made.IsCompleted || clock.GetElapsedTime(round.FilledAt) < SharedReadings.Age);
    }

    private CountingRound Begin()
    {
        var round = new CountingRound();
        round.Made = worker.RunAsync(kernel =>
        {
            Fill(round);
            Interlocked.Increment(ref _count);
            return kernel.Stream(null, null, SourceChoice.Auto, round.States, _ => round)[0].Pass;
        });
        return round;
    }

    private void Fill(CountingRound round)
    {
        lock (_gate)
        {
            foreach (var (query, last) in _asked)
            {
                if (last.Round != round && clock.GetElapsedTime(last.AskedAt) >= s_lately)
                    _asked.Remove(query);
            }

            round.Fill([.. _asked.Keys], clock.GetTimestamp());
        }
    }

    // The one that was not asked for longest makes room, but none that a round is to answer still.
    private bool Remember(ISocketQuery query, CountingRound round)
    {
        if (!_asked.ContainsKey(query) && _asked.Count >= QueriesMaximum)
        {
            var idle = _asked.Where(one => one.Value.Round.IsFilled).OrderBy(one => one.Value.AskedAt).Select(one => one.Key).FirstOrDefault();
            if (idle is null)
                return false;
            _asked.Remove(idle);
        }

        _asked[query] = (clock.GetTimestamp(), round);
        return true;
    }
}
