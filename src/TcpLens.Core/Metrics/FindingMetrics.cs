using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Core.Metrics;

/// <summary>What the resident monitor's rules say, as metrics. Without a monitor there are none but the first, which is 0 then.</summary>
public static class FindingMetrics
{
    public const string Component = "findings";

    public static ImmutableArray<Metric> All { get; } =
    [
        Gauge("findings.judged", "$.findings.judged", new("Diagnosis: rules that could be judged", "诊断：可判断的规则"),
            new("Rules of the resident monitor (tcplens serve) that had what they need; 0 where no monitor runs: then there are no findings.", "常驻监控（tcplens serve）中具备所需数据的规则数；没有常驻监控时为 0，此时没有诊断结果。")),
        Gauge("findings.open", "$.findings.open", new("Diagnosis: open findings", "诊断：未关闭的问题"),
            new("What is not as it should be now, notices among it.", "当前不正常的情况，包括提示。")) with { IsOptional = true },
        Gauge("findings.worst", "$.findings.worst", new("Diagnosis: worst open finding", "诊断：最严重的问题"),
            new("The severity of the worst of them.", "其中最严重者的级别。")) with { IsOptional = true },
        Rule("finding.severity", "severity", new("severity", "级别"), new("The severity of what the rule has found, 0 while it finds nothing.", "该规则所发现问题的级别；没有发现时为 0。")),
        Rule("finding.sentence", "sentence", new("what is seen", "现象"),
            new("What the rule has found, in one sentence with its numbers; empty while it finds nothing.", "该规则的发现，一句话并附数值；没有发现时为空。")) with
        {
            Kind = MetricKind.Text,
            IsSteady = true,
            IsSentence = true,
        },
    ];

    private static Metric Gauge(string id, string path, Phrase name, Phrase description) => new()
    {
        Id = id,
        Name = name,
        Description = description,
        Kind = MetricKind.Gauge,
        JsonPath = path,
        Component = Component,
    };

    private static Metric Rule(string id, string path, Phrase name, Phrase description) =>
        Gauge(id, path, name, description) with { Dimension = MetricDimension.Rule, IsOptional = true };
}
