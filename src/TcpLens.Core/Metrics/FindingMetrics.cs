using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Core.Metrics;

/// <summary>Whether the resident monitor runs, and what its rules say, as metrics. Without a monitor the numbers of those that are always told are 0.</summary>
public static class FindingMetrics
{
    public const string Component = "findings";

    public static ImmutableArray<Metric> All { get; } =
    [
        Gauge("monitor.runs", "$.monitor.runs", new("Resident monitor: runs", "常驻监控：运行"),
            new("1 when the resident monitor (tcplens serve) has answered, 0 when the kernel was read without it.", "1 表示由常驻监控（tcplens serve）应答，0 表示未经常驻监控直接读取内核。")),
        Gauge("monitor.remark", "$.monitor.remark", new("Resident monitor: remark", "常驻监控：说明"),
            new("Why the resident monitor has not answered; empty while it does.", "常驻监控没有应答的原因；正常应答时为空。")) with
        {
            Kind = MetricKind.Text,
            IsOptional = true,
            IsSteady = true,
            IsSentence = true,
        },
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
