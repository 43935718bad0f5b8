namespace TcpLens.Core.Metrics;

/// <summary>How a metric's values are read.</summary>
public enum MetricKind
{
    /// <summary>A value of the moment.</summary>
    Gauge,

    /// <summary>A number that only grows: what counts is its rate.</summary>
    Counter,

    /// <summary>A setting of the kernel, which seldom changes.</summary>
    Limit,

    /// <summary>A word, not a number.</summary>
    Text,
}
