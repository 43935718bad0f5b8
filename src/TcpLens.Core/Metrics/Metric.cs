using TcpLens.Core.Text;

namespace TcpLens.Core.Metrics;

/// <summary>One thing that TcpLens measures, declared once: Zabbix items, their documentation and other outputs are made from it.</summary>
public sealed record Metric
{
    /// <summary>Its name for ever, in parts from the general to the special: <c>sockets.established.ipv4</c>. Identities are derived from it.</summary>
    public required string Id { get; init; }

    public required Phrase Name { get; init; }

    public required Phrase Description { get; init; }

    public required MetricKind Kind { get; init; }

    /// <summary>Where the value stands in the document of <c>tcplens.states</c>; of a port's or rule's metric, below its entry.</summary>
    public required string JsonPath { get; init; }

    /// <summary>As Zabbix writes it: empty for counts, <c>%</c>, <c>s</c>. A counter's is that of its rate.</summary>
    public string Unit { get; init; } = "";

    public MetricDimension Dimension { get; init; }

    /// <summary>The part of the picture that it belongs to, a tag: <c>states</c>, <c>listen</c>, <c>limits</c>.</summary>
    public required string Component { get; init; }

    /// <summary>Whether some kernels, namespaces or sources do not tell it. Such a value is then absent, never 0.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether it may have a fraction.</summary>
    public bool IsFractional { get; init; }

    /// <summary>Whether it is a sentence for people: the document tells it in Chinese too, by the same name with <c>_zh</c>.</summary>
    public bool IsSentence { get; init; }

    /// <summary>Whether equal values in a row need not be stored.</summary>
    public bool IsSteady { get; init; }
}
