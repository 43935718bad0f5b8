namespace TcpLens.Outputs.History;

/// <summary>Where the writer stands. A value: when a transaction fails, the one from before it still holds.</summary>
/// <param name="At">The moment of the last row; <see langword="null"/> when there is none.</param>
/// <param name="Every">The interval that was announced with it, in milliseconds.</param>
/// <param name="Uptime">The monitor's uptime at that row; <see langword="null"/> when another run wrote it.</param>
/// <param name="ClockSet">The uptime at which the clock was last set, or the run began.</param>
internal readonly record struct HistoryPosition(long? At, long Every, TimeSpan? Uptime, TimeSpan ClockSet);
