namespace TcpLens.BinaryTests.Serving;

/// <summary>What a test needs of a report in the stream.</summary>
/// <param name="Number">Counted from 1 in each run.</param>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="IntervalSeconds">When the next one is due: what was announced.</param>
/// <param name="Missed">Samples of this run that came too late to be made.</param>
/// <param name="CostMilliseconds">CPU time of the sample.</param>
internal sealed record StreamedReport(long Number, long At, double IntervalSeconds, long Missed, double CostMilliseconds);
