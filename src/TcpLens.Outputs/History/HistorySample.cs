using System.Collections.Immutable;

namespace TcpLens.Outputs.History;

/// <summary>What is stored of one tick.</summary>
/// <param name="At">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Uptime">Of the monitor, by a clock that nobody can set.</param>
/// <param name="Every">Milliseconds until the next tick.</param>
/// <param name="Values">In the order of all series.</param>
internal sealed record HistorySample(long At, TimeSpan Uptime, long Every, ImmutableArray<double?> Values);
