using System.Collections.Immutable;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.UnitTests.Zabbix;

namespace TcpLens.UnitTests.Diagnosis;

/// <summary>What a rule is shown in a test: sockets, limits, and counters that rise.</summary>
internal sealed record Scene
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    public IReadOnlyList<SocketRecord> Sockets { get; init; } = Established(100);

    public KernelLimits Limits { get; init; } = SampleDetails.Limits with { Timestamps = 1, AbortOnOverflow = 0, ConntrackEntries = 10, ConntrackMaximum = 1000 };

    public KernelCounters Counters { get; init; } = new() { TimeWaitSockets = 0, Orphans = 0, MemoryPages = 10 };

    /// <summary>Counters that rise, per second; all others of the catalogue are known and stand still.</summary>
    public IReadOnlyList<(string Counter, double Rate)> Rates { get; init; } = [];

    /// <summary>What the looks before this one were, the oldest first, each ten seconds after the other.</summary>
    public IReadOnlyList<DetailedReading> Before { get; init; } = [];

    public ImmutableArray<GoneListener> Gone { get; init; } = [];

    public SamplingPace? Pace { get; init; }

    public OwnerCensus? Owners { get; init; }

    /// <summary>Looks for silent connections, ten minutes apart, the oldest first.</summary>
    public IReadOnlyList<IdleCensus> Idle { get; init; } = [];

    public bool IsFirstReading { get; init; }

    public DetailedReading Reading => SampleDetails.Of(Sockets, Limits, Counters);

    public static SocketRecord[] Established(int count) => Many(count, TcpState.Established);

    public static SocketRecord[] Many(int count, TcpState state, Func<SocketRecord, SocketRecord>? change = null) =>
        [.. Enumerable.Range(1, count).Select(i => SampleDetails.Socket(state, "192.0.2.1", 443, $"198.51.100.{(i % 250) + 1}", 1024 + i)).Select(change ?? (socket => socket))];

    /// <summary>Connections from this host to one destination, at local ports from 40,000 on.</summary>
    public static SocketRecord[] Outgoing(int count, TcpState state, int from = 40_000, string to = "192.0.2.50", byte retransmits = 0) =>
        [.. Enumerable.Range(0, count).Select(i => SampleDetails.Socket(state, "192.0.2.1", from + i, to, 5432) with { Retransmits = retransmits })];

    /// <summary>Two looks, ten seconds apart, between which those counters have risen.</summary>
    public static Past Rising(DetailedReading reading, IEnumerable<(string Counter, double Rate)> rates)
    {
        var all = rates.ToDictionary(one => one.Counter, one => one.Rate, StringComparer.Ordinal);
        ImmutableArray<string> names = [.. CounterMetrics.All.Select(CounterMetrics.KernelName)];
        return Past.None
            .Add(Look.Of(TimeSpan.Zero, reading with { Counters = WithTable(_ => 0) }))
            .Add(Look.Of(Step, reading with { Counters = WithTable(name => (long)(all.GetValueOrDefault(name) * Step.TotalSeconds)) }));

        KernelCounters WithTable(Func<string, long> value) =>
            reading.Counters with { Tcp = CounterTable.Unknown, TcpExt = new CounterTable(new CounterNames(names), [.. names.Select(value)]) };
    }

    public DiagnosisInput Input(IReadOnlyDictionary<FindingKey, Severity>? open = null) => new()
    {
        Own = Reading,
        Pace = Pace,
        Past = IsFirstReading ? Past.None.Add(Look.Of(Step, Reading)) : Before.Count > 0 ? Trend() : Rising(Reading, Rates),
        GoneListeners = Gone,
        Owners = Owners,
        Idle = Idle.Index().Aggregate(IdlePast.None, (past, one) => past.Add(TimeSpan.FromMinutes(10 * one.Index), one.Item)),
        Open = open ?? ImmutableDictionary<FindingKey, Severity>.Empty,
    };

    public Judgement Judge(string rule, Finding? open = null) => RuleTable.Find(rule)!.Apply(Input(
        open is null ? null : new Dictionary<FindingKey, Severity> { [open.Key] = open.Level }));

    private Past Trend()
    {
        var past = Past.None;
        var at = TimeSpan.Zero;
        foreach (var reading in Before.Append(Reading))
            past = past.Add(Look.Of(at += Step, reading));
        return past;
    }
}
