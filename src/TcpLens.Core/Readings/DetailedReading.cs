using System.Collections.Immutable;
using TcpLens.Core.Model;

namespace TcpLens.Core.Readings;

/// <summary>One namespace in one pass, in full: states, listening ports, destinations, and what the kernel itself counts and allows.</summary>
public sealed record DetailedReading
{
    public required DateTimeOffset At { get; init; }

    public required StateReading States { get; init; }

    public required KernelCounters Counters { get; init; }

    public required KernelLimits Limits { get; init; }

    /// <summary>In the order of <see cref="PortCensus.ListeningPorts"/>.</summary>
    public required ImmutableArray<ListeningPort> Ports { get; init; }

    /// <summary>The destinations that take the most ephemeral ports, the busiest first.</summary>
    public required ImmutableArray<DestinationUse> Destinations { get; init; }

    /// <summary>Destinations that were counted, <see cref="Destinations"/> among them.</summary>
    public int DestinationCount { get; init; }

    /// <summary>Sockets whose destination was not told apart (<see cref="PortCensus.DestinationsUnseen"/>).</summary>
    public int DestinationsUnseen { get; init; }

    /// <summary>The destinations with the most connections that nobody answers, the worst first.</summary>
    public ImmutableArray<DestinationUse> SilentDestinations { get; init; } = [];

    /// <summary>What single sockets show by themselves.</summary>
    public SocketSigns Signs { get; init; }

    /// <summary>Destinations to keep of a pass.</summary>
    public const int DestinationsKept = 20;

    /// <summary>Silent destinations to keep of a pass.</summary>
    public const int SilentKept = 5;

    /// <summary>TIME_WAIT and orphaned FIN_WAIT2 against tcp_max_tw_buckets, 0 to 100; <see langword="null"/> when unknown.</summary>
    public double? TimeWaitPercent => Percent(Counters.TimeWaitSockets, Limits.TimeWaitMaximum);

    /// <summary>Orphans against tcp_max_orphans, both of the whole machine; <see langword="null"/> outside the initial namespace.</summary>
    public double? OrphansPercent => Percent(Counters.Orphans, Limits.OrphansMaximum);

    /// <summary>Pages of TCP's queues against the maximum of tcp_mem, both of the whole machine; <see langword="null"/> outside the initial namespace.</summary>
    public double? MemoryPercent => Percent(Counters.MemoryPages, Limits.Memory?.Maximum);

    /// <summary>Ephemeral ports of the busiest destination; 0 without any, <see langword="null"/> when the range is unknown.</summary>
    public double? EphemeralPercent => Percent(Destinations.IsEmpty ? 0 : Destinations[0].Used, Limits.EphemeralPortCount);

    /// <summary>The fullest accept queue of the host; 0 without listeners, <see langword="null"/> when no limit is known.</summary>
    public double? AcceptQueuePercent => Worst(port => port.AcceptQueuePercent);

    /// <summary>The listening port with the most half-open requests for its limit; as <see cref="AcceptQueuePercent"/>.</summary>
    public double? HalfOpenPercent => Worst(port => port.HalfOpenPercent);

    /// <summary>FIN_WAIT2 that a program holds: the kernel never ends them.</summary>
    public long OwnedFinWait2 => (States.Counts[TcpState.FinWait2]?.Total ?? 0) - States.Counts.OrphanFinWait2;

    /// <summary>CLOSE_WAIT among the connections that programs hold open, ESTABLISHED and CLOSE_WAIT; 0 without any.</summary>
    public double CloseWaitPercent => Share(TcpState.CloseWait, TcpState.Established);

    /// <summary>SYN_SENT among SYN_SENT and ESTABLISHED; 0 without any.</summary>
    public double SynSentPercent => Share(TcpState.SynSent, TcpState.Established);

    private static double? Percent(long? used, long? limit) => limit > 0 ? 100.0 * used / limit : null;

    private double? Worst(Func<ListeningPort, double?> percent) => Ports.IsEmpty ? 0 : Ports.Max(percent);

    private double Share(TcpState part, TcpState rest)
    {
        long count = States.Counts[part]?.Total ?? 0;
        long all = count + (States.Counts[rest]?.Total ?? 0);
        return all == 0 ? 0 : 100.0 * count / all;
    }
}
