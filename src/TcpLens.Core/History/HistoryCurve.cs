using System.Collections.Immutable;
using TcpLens.Core.Metrics;

namespace TcpLens.Core.History;

/// <summary>
/// One series in a <see cref="HistoryAnswer"/>: as many values as the answer has times. A value is <see langword="null"/> where the series
/// was not known. A spike of one second survives every roll-up as a maximum.
/// </summary>
public sealed record HistoryCurve(MetricSeries Series, ImmutableArray<double?> Minimum, ImmutableArray<double?> Average, ImmutableArray<double?> Maximum)
{
    public static HistoryCurve Empty(MetricSeries series) => new(series, [], [], []);
}
