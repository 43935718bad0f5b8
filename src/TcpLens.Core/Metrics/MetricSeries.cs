using System.Collections.Immutable;

namespace TcpLens.Core.Metrics;

/// <summary>
/// A metric of the host as one number per tick, fit to be stored and drawn: a gauge as it is, a counter as its rate per second.
/// </summary>
/// <param name="Metric">What is measured; its id is the name of the series.</param>
/// <param name="Place">Where its value stands among those of a tick.</param>
public sealed record MetricSeries(Metric Metric, int Place)
{
    /// <summary>All series, in the order of the catalogue. Limits and words are no series, findings are events of the history; ports have none yet.</summary>
    public static ImmutableArray<MetricSeries> All { get; } =
    [
        .. MetricCatalog.All
            .Where(metric => metric.Dimension == MetricDimension.Host && metric.Kind is MetricKind.Gauge or MetricKind.Counter && metric.Component != FindingMetrics.Component && metric.Id != "ports.left_off")
            .Select((metric, place) => new MetricSeries(metric, place)),
    ];

    public string Id => Metric.Id;

    /// <summary>Whether the values are per second.</summary>
    public bool IsRate => Metric.Kind == MetricKind.Counter;

    /// <summary>The series of a metric's id; <see langword="null"/> when there is none.</summary>
    public static MetricSeries? Find(string id) => All.FirstOrDefault(series => series.Id == id);
}
