using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;

namespace TcpLens.Core.Diagnosis;

/// <summary>What is remembered of an earlier reading: enough for rates and trends, a few kilobytes.</summary>
/// <param name="At">By a clock that nobody can set.</param>
/// <param name="Counts">The states.</param>
/// <param name="Counters">What the kernel counts.</param>
/// <param name="Destinations">The busiest destinations.</param>
public sealed record Look(TimeSpan At, StateCounts Counts, KernelCounters Counters, ImmutableArray<DestinationUse> Destinations)
{
    public static Look Of(TimeSpan at, DetailedReading reading) => new(at, reading.States.Counts, reading.Counters, reading.Destinations);

    /// <summary>Sockets in a state; 0 where the source cannot see it.</summary>
    public long Sockets(TcpState state) => Counts[state]?.Total ?? 0;
}
