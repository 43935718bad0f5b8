using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>The triggers about the readings themselves: without them a silent collector looks like a quiet host.</summary>
internal static class CollectorTriggers
{
    public static ImmutableArray<TemplateTrigger> All { get; } =
    [
        new()
        {
            Id = "collector.nodata",
            Severity = Severity.Average,
            Scope = "availability",
            Expression = "nodata(@reading.duration@,{$TCPLENS.NODATA.PERIOD})=1",
            Name = new("TCP: no data from TcpLens", "TCP：TcpLens 没有数据"),
            Event = new("TCP: no data from TcpLens: the agent, or tcplens serve in its place, is down, or the item \"Get TCP states\" has an error", "TCP：TcpLens 没有数据：agent（或代替它的 tcplens serve）已停止，或监控项“获取 TCP 状态”出错"),
            Now = new("last reading took {ITEM.LASTVALUE1}", "最近一次读取耗时 {ITEM.LASTVALUE1}"),
            Description = new(
                "The agent is down, its configuration lacks the keys, or TcpLens could not read the kernel: then the item is not supported and its error says why. On the host: tcplens zabbix get tcplens.states, as the agent's user. Where tcplens serve itself answers or sends: systemctl status tcplens.",
                "agent 已停止、配置中缺少键，或 TcpLens 无法读取内核（此时监控项不受支持，其错误信息会说明原因）。请在主机上以 agent 的用户执行：tcplens zabbix get tcplens.states。由 tcplens serve 自身应答或发送时：systemctl status tcplens。"),
        },
        new()
        {
            Id = "collector.monitor_gone",
            Severity = Severity.Average,
            Scope = "availability",
            // Only one that ran is missed; and it is missed until it runs again, however long ago that was.
            Expression = "max(@monitor.runs@,{$TCPLENS.PERIOD})=0 and length(last(@monitor.remark@))>0 and max(@monitor.runs@,{$TCPLENS.MONITOR.PERIOD})=1",
            Recovery = "last(@monitor.runs@)=1",
            Name = new("TCP: the resident monitor does not run any more", "TCP：常驻监控已停止运行"),
            Event = new("TCP: the resident monitor on {HOST.HOST} is lost: {ITEM.LASTVALUE2}", "TCP：{HOST.HOST} 的常驻监控已失联：{ITEM.LASTVALUE2}"),
            Now = Phrase.Same("{ITEM.LASTVALUE2}"),
            Description = new(
                "The counts go on, read by the agent's own TcpLens; findings, owners, history and dashboard do not. On the host: systemctl status tcplens, journalctl -u tcplens, then systemctl restart tcplens. Where the monitor was taken away for good, set {$TCPLENS.MONITOR.PERIOD} of the host to {$TCPLENS.PERIOD} and close this problem.",
                "计数由 agent 自行调用 TcpLens 读取，不受影响；诊断、归属、历史与仪表盘已中断。请在主机上执行 systemctl status tcplens、journalctl -u tcplens，再执行 systemctl restart tcplens。若常驻监控已永久停用，请将该主机的 {$TCPLENS.MONITOR.PERIOD} 设为 {$TCPLENS.PERIOD}，然后手动关闭此问题。"),
            IsClosedByHand = true,
        },
        new()
        {
            Id = "collector.incomplete",
            Severity = Severity.Info,
            Scope = "notice",
            Expression = "max(@reading.complete@,{$TCPLENS.PERIOD})=0",
            Name = new("TCP: readings are not complete", "TCP：读取结果不完整"),
            Event = new("TCP: sockets may be missing or doubled in the readings: see the item \"Reading: remark\"", "TCP：读取结果可能遗漏或重复套接字：请查看监控项“读取：说明”"),
            Now = new("{ITEM.LASTVALUE1}", "{ITEM.LASTVALUE1}"),
            Description = new(
                "No reading of the window was complete. Where netlink is not allowed TcpLens reads /proc, which misses or doubles sockets under load.",
                "该窗口内没有一次读取是完整的。不允许使用 netlink 时 TcpLens 读取 /proc，在高负载下会遗漏或重复。"),
        },
        new()
        {
            Id = "collector.slow",
            Severity = Severity.Warning,
            Scope = "performance",
            Expression = "min(@reading.duration@,{$TCPLENS.PERIOD})>{$TCPLENS.DURATION.MAX.WARN}",
            Name = new("TCP: readings are slow", "TCP：读取缓慢"),
            Event = new("TCP: a reading takes {ITEM.LASTVALUE1}: mind the agent's timeout, read less often", "TCP：一次读取耗时 {ITEM.LASTVALUE1}：注意 agent 超时设置，可降低读取频率"),
            Now = new("{ITEM.LASTVALUE1}", "{ITEM.LASTVALUE1}"),
            Description = new(
                "The kernel needs this long to tell its sockets: very many of them, or a busy machine. The agent gives up after its Timeout (3 s by default).",
                "内核列出套接字需要这么长时间：数量极大或机器繁忙。agent 在 Timeout（默认 3 秒）之后放弃。"),
        },
    ];
}
