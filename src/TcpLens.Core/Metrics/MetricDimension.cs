namespace TcpLens.Core.Metrics;

/// <summary>Of what there is one value.</summary>
public enum MetricDimension
{
    /// <summary>The network namespace that was read.</summary>
    Host,

    /// <summary>Each listening port.</summary>
    Port,

    /// <summary>Each rule of the diagnosis.</summary>
    Rule,
}
