using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>
/// The triggers of every rule of the diagnosis, one for each severity: the problem's name is the finding's own sentence. The monitor has waited
/// until the condition lasted, so that no window is needed; only a finding of which nobody tells any more ends after one.
/// </summary>
internal static class FindingTriggers
{
    public static ImmutableArray<TemplateTrigger> All { get; } =
    [
        Of("finding.critical", Severity.High, 3, "availability", new("Diagnosis: {#WHAT}: critical", "诊断：{#WHAT}：严重")),
        Of("finding.warning", Severity.Warning, 2, "performance", new("Diagnosis: {#WHAT}: warning", "诊断：{#WHAT}：警告")),
        Of("finding.notice", Severity.Info, 1, "notice", new("Diagnosis: {#WHAT}: notice", "诊断：{#WHAT}：提示")),
    ];

    // The sentence comes to the server beside the severity, and may come a moment later: without it the problem would have the name of none.
    private static TemplateTrigger Of(string id, Severity severity, int level, string scope, Phrase name) => new()
    {
        Id = id,
        Severity = severity,
        Scope = scope,
        Expression = $"last(@finding.severity@)={level} and length(last(@finding.sentence@))>0 and nodata(@finding.severity@,{{$TCPLENS.FINDING.PERIOD}})=0",
        Name = name,
        Event = new("TCP: {ITEM.LASTVALUE2}", "TCP：{ITEM.LASTVALUE2}"),
        Now = Phrase.Same("{ITEM.LASTVALUE2}"),
        Description = new(
            "The resident monitor on the host (tcplens serve) has found this by its rule {#RULE}; it ends when the monitor sees it gone. Cause, what was ruled out and commands to copy: `tcplens doctor` on the host, or the page Findings of its dashboard. Leave rules out by {$TCPLENS.FINDING.NOT_MATCHES}, whose own triggers of this template may tell the same.",
            "由主机上的常驻监控（tcplens serve）按规则 {#RULE} 发现；监控看到其消失后问题即恢复。原因、已排除的可能与可复制的命令：在主机上执行 `tcplens doctor`，或查看仪表盘的“诊断”页。本模板自身的触发器可能报告相同情况，可用 {$TCPLENS.FINDING.NOT_MATCHES} 排除规则。"),
    };
}
