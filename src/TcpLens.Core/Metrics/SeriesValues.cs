using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;

namespace TcpLens.Core.Metrics;

/// <summary>Takes the value of every series out of a reading. What the reading does not tell is <see langword="null"/>, never 0.</summary>
public static class SeriesValues
{
    /// <summary>No value at all: a tick that could not read.</summary>
    public static ImmutableArray<double?> Unknown { get; } = [.. MetricSeries.All.Select(_ => (double?)null)];

    private static readonly ImmutableArray<Func<DetailedReading, double?>> s_readers = [.. MetricSeries.All.Select(series => Reader(series.Metric))];

    /// <summary>The values in the order of <see cref="MetricSeries.All"/>.</summary>
    /// <param name="now">The reading.</param>
    /// <param name="before">The reading before it, for rates; <see langword="null"/> at the first: rates are then unknown.</param>
    /// <param name="elapsed">Time between both.</param>
    public static ImmutableArray<double?> Of(DetailedReading now, DetailedReading? before, TimeSpan elapsed)
    {
        var values = ImmutableArray.CreateBuilder<double?>(s_readers.Length);
        foreach (var series in MetricSeries.All)
        {
            double? value = s_readers[series.Place](now);
            values.Add(series.IsRate ? Rate(value, before is null ? null : s_readers[series.Place](before), elapsed) : value);
        }

        return values.MoveToImmutable();
    }

    // A counter that fell was set to zero: what it has counted since is not known to belong to this time.
    private static double? Rate(double? now, double? before, TimeSpan elapsed) =>
        now >= before && elapsed > TimeSpan.Zero ? (now - before) / elapsed.TotalSeconds : null;

    private static Func<DetailedReading, double?> Reader(Metric metric)
    {
        string[] words = metric.Id.Split('.');
        if (words[0] == "sockets")
            return Sockets(words[1], words.Length > 2 ? words[2] : "total");
        if (metric.Kind == MetricKind.Counter)
            return Counter(CounterMetrics.KernelName(metric));
        return metric.Id switch
        {
            "fin_wait2.orphaned" => reading => reading.States.Counts.OrphanFinWait2,
            "fin_wait2.owned" => reading => reading.OwnedFinWait2,
            "used.accept_queue" => reading => reading.AcceptQueuePercent,
            "used.half_open" => reading => reading.HalfOpenPercent,
            "used.time_wait" => reading => reading.TimeWaitPercent,
            "used.ephemeral" => reading => reading.EphemeralPercent,
            "used.orphans" => reading => reading.OrphansPercent,
            "used.memory" => reading => reading.MemoryPercent,
            "share.close_wait" => reading => reading.CloseWaitPercent,
            "share.syn_sent" => reading => reading.SynSentPercent,
            "busiest.ports" => reading => reading.Destinations.IsEmpty ? 0 : reading.Destinations[0].Used,
            "kernel.time_wait" => reading => reading.Counters.TimeWaitSockets,
            "kernel.orphans" => reading => reading.Counters.Orphans,
            "kernel.allocated" => reading => reading.Counters.Allocated,
            "kernel.memory" => reading => reading.Counters.MemoryPages,
            "reading.duration" => reading => reading.States.Duration.TotalSeconds,
            "reading.complete" => reading => reading.States.Completeness == Completeness.Complete ? 1 : 0,
            _ => throw new InvalidOperationException($"no value is known for the metric {metric.Id}"),
        };
    }

    private static Func<DetailedReading, double?> Sockets(string state, string family)
    {
        Func<StateCount?, double?> part = family switch
        {
            "total" => count => count?.Total,
            "ipv4" => count => count?.Ipv4,
            "ipv6" => count => count?.Ipv6,
            "v4mapped" => count => count?.V4Mapped,
            _ => throw new InvalidOperationException($"no family {family}"),
        };
        if (state == "sum")
            return reading => part(reading.States.Counts.Sum);
        var info = TcpStates.All.First(one => one.Name == state);
        return reading => part(reading.States.Counts[info.State]);
    }

    private static Func<DetailedReading, double?> Counter(string name) => reading => reading.Counters[name];
}
