using System.Collections.Immutable;
using TcpLens.Core.Metrics;

namespace TcpLens.Core.History;

/// <summary>Which past is wanted.</summary>
/// <param name="Series">At least one.</param>
/// <param name="From">The first moment that is wanted.</param>
/// <param name="To">The moment that is no more wanted; later than <paramref name="From"/>.</param>
/// <param name="PointsMaximum">The most points of a series, 2 to <see cref="MostPoints"/>: the finest resolution that keeps to it is chosen.</param>
public sealed record HistoryQuestion(ImmutableArray<MetricSeries> Series, DateTimeOffset From, DateTimeOffset To, int PointsMaximum)
{
    /// <summary>More points than any screen has columns; with all series a few megabytes.</summary>
    public const int MostPoints = 10_000;
}
