using System.Collections.Immutable;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>All user macros of the template, each used by it.</summary>
public static class TemplateMacros
{
    public static ImmutableArray<TemplateMacro> All { get; } =
    [
        new("TCPLENS.INTERVAL", "1m", new("How often the host is read.", "读取主机的间隔。")),
        new("TCPLENS.PERIOD", "5m", new("Window of most triggers: a condition has to hold that long.", "多数触发器的时间窗口：条件须持续这么久。")),
        new("TCPLENS.NODATA.PERIOD", "10m", new("Time without a value after which the collector counts as silent.", "超过此时间没有数值即视为采集中断。")),
        new("TCPLENS.MONITOR.PERIOD", "1d", new("A resident monitor that ran within this time is missed when it does not any more.", "在此时间内运行过的常驻监控停止后会报告。")),
        new("TCPLENS.DURATION.MAX.WARN", "1", new("Seconds that a reading may take.", "一次读取允许的秒数。")),
        new("TCPLENS.SYN_COOKIES.MAX.WARN", "1", new("SYN cookies per second that are still normal.", "每秒 SYN cookie 数的正常上限。")),
        new("TCPLENS.SYN_DROPS.MAX.CRIT", "1", new("Dropped SYNs per second (full SYN queue) that are still tolerated.", "每秒因 SYN 队列满而丢弃的 SYN 数的容忍上限。")),
        new("TCPLENS.HALF_OPEN.MAX.WARN", "50", new("SYN_RECV of a port in per cent of its backlog. Context: the port.", "端口 SYN_RECV 占 backlog 的百分比。上下文：端口号。")),
        new("TCPLENS.ACCEPT_QUEUE.MAX.WARN", "50", new("Accept queue of a port in per cent of its limit. Context: the port.", "端口 accept 队列占上限的百分比（警告）。上下文：端口号。")),
        new("TCPLENS.ACCEPT_QUEUE.MAX.CRIT", "100", new("The same, from which connections are lost. Context: the port.", "端口 accept 队列占上限的百分比（严重，开始丢失连接）。上下文：端口号。")),
        new("TCPLENS.OVERFLOWS.MAX.WARN", "0", new("Accept queue overflows per second that are still normal.", "每秒 accept 队列溢出数的正常上限。")),
        new("TCPLENS.OVERFLOWS.MAX.CRIT", "1", new("Accept queue overflows per second from which service is lost.", "每秒 accept 队列溢出数的严重阈值。")),
        new("TCPLENS.CLOSE_WAIT.PERIOD", "15m", new("Window in which CLOSE_WAIT has to go down to count as normal.", "CLOSE_WAIT 应在此窗口内回落，否则视为异常。")),
        new("TCPLENS.CLOSE_WAIT.MIN.WARN", "10", new("Fewer sockets in CLOSE_WAIT are never reported.", "少于此数的 CLOSE_WAIT 不报告。")),
        new("TCPLENS.CLOSE_WAIT.SHARE.MAX.WARN", "20", new("CLOSE_WAIT in per cent of ESTABLISHED and CLOSE_WAIT.", "CLOSE_WAIT 占 ESTABLISHED 与 CLOSE_WAIT 之和的百分比。")),
        new("TCPLENS.CLOSE_WAIT.GROWTH.MAX.CRIT", "1.5", new("Growth of CLOSE_WAIT within its window, as a factor.", "CLOSE_WAIT 在窗口内的增长倍数。")),
        new("TCPLENS.TIME_WAIT.MAX.WARN", "80", new("TIME_WAIT in per cent of tcp_max_tw_buckets.", "TIME_WAIT 占 tcp_max_tw_buckets 的百分比。")),
        new("TCPLENS.TIME_WAIT.SKIPPED.MAX.CRIT", "0", new("Sockets per second that may skip TIME_WAIT because the limit is reached.", "每秒因达到上限而跳过 TIME_WAIT 的套接字数的容忍上限。")),
        new("TCPLENS.EPHEMERAL.MAX.WARN", "80", new("Ephemeral ports of one destination in per cent of all.", "单一目的地占用的临时端口百分比（警告）。")),
        new("TCPLENS.EPHEMERAL.MAX.CRIT", "90", new("The same, critical.", "单一目的地占用的临时端口百分比（严重）。")),
        new("TCPLENS.ORPHANS.MAX.WARN", "25", new("Orphans in per cent of tcp_max_orphans; the kernel may count them two- or fourfold.", "孤儿套接字占 tcp_max_orphans 的百分比（警告）；内核可能按 2 至 4 倍计。")),
        new("TCPLENS.ORPHANS.MAX.CRIT", "50", new("The same, critical.", "孤儿套接字占 tcp_max_orphans 的百分比（严重）。")),
        new("TCPLENS.MEMORY.MAX.CRIT", "90", new("TCP memory in per cent of tcp_mem's maximum.", "TCP 内存占 tcp_mem 上限的百分比。")),
        new("TCPLENS.FIN_WAIT2.PERIOD", "15m", new("Window in which FIN_WAIT2 held by programs has to go down.", "程序持有的 FIN_WAIT2 应在此窗口内回落。")),
        new("TCPLENS.FIN_WAIT2.MIN.WARN", "10", new("Fewer sockets in FIN_WAIT2 held by programs are never reported.", "程序持有的 FIN_WAIT2 少于此数不报告。")),
        new("TCPLENS.SYN_SENT.MIN.WARN", "5", new("Fewer connections without an answer are never reported.", "少于此数的未应答连接不报告。")),
        new("TCPLENS.SYN_SENT.SHARE.MAX.WARN", "5", new("SYN_SENT in per cent of ESTABLISHED and SYN_SENT.", "SYN_SENT 占 ESTABLISHED 与 SYN_SENT 之和的百分比。")),
        new("TCPLENS.ESTABLISHED.BASELINE.PERIOD", "1d", new("Window whose average is what is usual for ESTABLISHED.", "以此窗口内的平均值作为 ESTABLISHED 的基线。")),
        new("TCPLENS.ESTABLISHED.RATIO.MAX.WARN", "3", new("How many times more or fewer than usual is far.", "偏离基线多少倍视为异常。")),
        new("TCPLENS.ESTABLISHED.CHANGE.MIN.WARN", "50", new("Smaller changes of ESTABLISHED are never reported.", "ESTABLISHED 的变化小于此数不报告。")),
        new("TCPLENS.FINDING.PERIOD", "15m", new("Time without a value after which a finding of the resident monitor counts as ended.", "超过此时间没有数值即视为常驻监控发现的问题已结束。")),
        new("TCPLENS.FINDING.MATCHES", ".*", new("Rules of the diagnosis to discover, a regular expression.", "要发现的诊断规则（正则表达式）。")),
        new("TCPLENS.FINDING.NOT_MATCHES", "^$", new("Rules of the diagnosis to leave out, a regular expression.", "不发现的诊断规则（正则表达式）。")),
        new("TCPLENS.PORT.MATCHES", ".*", new("Listening ports to discover, a regular expression.", "要发现的监听端口（正则表达式）。")),
        new("TCPLENS.PORT.NOT_MATCHES", "^$", new("Listening ports to leave out, a regular expression.", "不发现的监听端口（正则表达式）。")),
        new("TCPLENS.SCOPE.MATCHES", ".*", new("Reach of the ports to discover: any, address, loopback.", "要发现的端口范围：any、address、loopback。")),
        new("TCPLENS.SERVICE.KIND.MATCHES", "^(unit|container)$", new("Kinds of services to discover: unit, container, process.", "要发现的服务类型：unit、container、process。")),
        new("TCPLENS.SERVICE.MATCHES", ".*", new("Services to discover, a regular expression.", "要发现的服务（正则表达式）。")),
        new("TCPLENS.SERVICE.CLOSE_WAIT.MIN.WARN", "10", new("Fewer sockets of a service in CLOSE_WAIT are never reported. Context: the service.", "服务的 CLOSE_WAIT 少于此数不报告。上下文：服务名。")),
        new("TCPLENS.SERVICE.CLOSE_WAIT.SHARE.MAX.WARN", "20", new("CLOSE_WAIT of a service in per cent of its ESTABLISHED and CLOSE_WAIT. Context: the service.", "服务的 CLOSE_WAIT 占其 ESTABLISHED 与 CLOSE_WAIT 之和的百分比。上下文：服务名。")),
        new("TCPLENS.SERVICE.ESTABLISHED.LIMIT", "0", new("Connections that a service can take, 0: not known. Context: the service.", "服务可承受的连接数，0 表示未知。上下文：服务名。")),
        new("TCPLENS.SERVICE.ESTABLISHED.MAX.WARN", "80", new("ESTABLISHED of a service in per cent of that limit. Context: the service.", "服务的 ESTABLISHED 占该上限的百分比。上下文：服务名。")),
        new("TCPLENS.EPHEMERAL.NOT_MATCHES", "^yes$", new("Ports that the kernel gave automatically come and go; they are left out.", "内核自动分配的端口时有时无，默认不发现。")),
    ];
}
