using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>The triggers about outgoing connections, and about what all connections together take.</summary>
internal static class ConnectionTriggers
{
    public static ImmutableArray<TemplateTrigger> All { get; } =
    [
        .. Outgoing(), .. Machine(), .. Established(),
    ];

    private static IEnumerable<TemplateTrigger> Outgoing() =>
    [
        new()
        {
            Id = "ephemeral.warn",
            Severity = Severity.Warning,
            Scope = "capacity",
            Expression = Ephemeral("{$TCPLENS.EPHEMERAL.MAX.WARN}"),
            Name = new("TCP: ephemeral ports of a destination run low", "TCP：到某目的地的临时端口即将不足"),
            Event = new("TCP: {ITEM.LASTVALUE1} of the ephemeral ports taken by {ITEM.LASTVALUE2}: reuse connections to it", "TCP：{ITEM.LASTVALUE2} 已占用 {ITEM.LASTVALUE1} 的临时端口：请复用连接"),
            Now = new("{ITEM.LASTVALUE1}, {ITEM.LASTVALUE2}", "{ITEM.LASTVALUE1}，{ITEM.LASTVALUE2}"),
            Description = EphemeralAdvice,
            SilentWhile = ["ephemeral.high"],
        },
        new()
        {
            Id = "ephemeral.high",
            Severity = Severity.High,
            Scope = "availability",
            Expression = Ephemeral("{$TCPLENS.EPHEMERAL.MAX.CRIT}"),
            Name = new("TCP: ephemeral ports of a destination run out", "TCP：到某目的地的临时端口即将耗尽"),
            Event = new("TCP: {ITEM.LASTVALUE1} of the ephemeral ports taken by {ITEM.LASTVALUE2}: new connections are about to fail with EADDRNOTAVAIL", "TCP：{ITEM.LASTVALUE2} 已占用 {ITEM.LASTVALUE1} 的临时端口：新连接即将以 EADDRNOTAVAIL 失败"),
            Now = new("{ITEM.LASTVALUE1}, {ITEM.LASTVALUE2}", "{ITEM.LASTVALUE1}，{ITEM.LASTVALUE2}"),
            Description = EphemeralAdvice,
        },
        new()
        {
            Id = "syn_sent.stays",
            Severity = Severity.Average,
            Scope = "availability",
            Expression = "min(@sockets.syn_sent@,{$TCPLENS.PERIOD})>={$TCPLENS.SYN_SENT.MIN.WARN} and min(@share.syn_sent@,{$TCPLENS.PERIOD})>={$TCPLENS.SYN_SENT.SHARE.MAX.WARN}",
            Name = new("TCP: outgoing connections get no answer", "TCP：出站连接得不到应答"),
            Event = new("TCP: {ITEM.LASTVALUE1} connections in SYN_SENT without an answer: a backend or a firewall drops them", "TCP：{ITEM.LASTVALUE1} 个连接停留在 SYN_SENT：被后端或防火墙丢弃"),
            Now = new("{ITEM.LASTVALUE1} sockets, {ITEM.LASTVALUE2} of the connections", "{ITEM.LASTVALUE1} 个，占连接的 {ITEM.LASTVALUE2}"),
            Description = new(
                "SYNs go out and nothing comes back. All to one destination: `tcplens list state:syn_sent` shows it. If some succeed its accept queue is full, if none does a firewall or a dead route swallows them; a refused connection would not stay in SYN_SENT. Give the program a connect timeout.",
                "SYN 已发出但没有任何应答。用 `tcplens list state:syn_sent` 查看目的地。部分成功说明对端 accept 队列已满；全部失败说明防火墙或路由丢弃；被拒绝的连接不会停留在 SYN_SENT。请为程序设置连接超时。"),
        },
    ];

    private static IEnumerable<TemplateTrigger> Machine() =>
    [
        new()
        {
            Id = "orphans.warn",
            Severity = Severity.Warning,
            Scope = "capacity",
            Expression = "min(@used.orphans@,{$TCPLENS.PERIOD})>={$TCPLENS.ORPHANS.MAX.WARN}",
            Name = new("TCP: many orphans", "TCP：孤儿套接字过多"),
            Event = new("TCP: orphans at {ITEM.LASTVALUE1} of tcp_max_orphans: peers vanish or do not read", "TCP：孤儿套接字已达 tcp_max_orphans 的 {ITEM.LASTVALUE1}：对端消失或不读数据"),
            Now = new("{ITEM.LASTVALUE1} of the limit", "占上限的 {ITEM.LASTVALUE1}"),
            Description = OrphanAdvice,
            SilentWhile = ["orphans.high"],
        },
        new()
        {
            Id = "orphans.high",
            Severity = Severity.High,
            Scope = "capacity",
            Expression = "min(@used.orphans@,{$TCPLENS.PERIOD})>={$TCPLENS.ORPHANS.MAX.CRIT}",
            Name = new("TCP: orphans near their limit", "TCP：孤儿套接字接近上限"),
            Event = new("TCP: orphans at {ITEM.LASTVALUE1} of tcp_max_orphans: the kernel is about to reset connections", "TCP：孤儿套接字已达 tcp_max_orphans 的 {ITEM.LASTVALUE1}：内核即将重置连接"),
            Now = new("{ITEM.LASTVALUE1} of the limit", "占上限的 {ITEM.LASTVALUE1}"),
            Description = OrphanAdvice,
        },
        new()
        {
            Id = "memory.high",
            Severity = Severity.High,
            Scope = "capacity",
            Expression = "min(@used.memory@,{$TCPLENS.PERIOD})>={$TCPLENS.MEMORY.MAX.CRIT}",
            Name = new("TCP: memory near its limit", "TCP：内存接近上限"),
            Event = new("TCP: memory at {ITEM.LASTVALUE1} of tcp_mem: find the program that does not read its data", "TCP：内存已达 tcp_mem 上限的 {ITEM.LASTVALUE1}：请查找不读取数据的程序"),
            Now = new("{ITEM.LASTVALUE1} of the limit", "占上限的 {ITEM.LASTVALUE1}"),
            Description = new(
                "Above the limit the kernel drops data and connections. Usually a program does not read (large receive queues, often in CLOSE_WAIT) or buffers are set too large.",
                "超过上限后内核会丢弃数据和连接。通常是程序不读取数据（接收队列很大，常处于 CLOSE_WAIT），或缓冲区设置过大。"),
        },
    ];

    private static IEnumerable<TemplateTrigger> Established() =>
    [
        new()
        {
            Id = "established.above",
            Severity = Severity.Warning,
            Scope = "notice",
            Expression = "avg(@sockets.established@,{$TCPLENS.PERIOD})>{$TCPLENS.ESTABLISHED.RATIO.MAX.WARN}*avg(@sockets.established@,{$TCPLENS.ESTABLISHED.BASELINE.PERIOD}) and avg(@sockets.established@,{$TCPLENS.PERIOD})-avg(@sockets.established@,{$TCPLENS.ESTABLISHED.BASELINE.PERIOD})>{$TCPLENS.ESTABLISHED.CHANGE.MIN.WARN}",
            Name = new("TCP: far more connections than usual", "TCP：连接数远高于基线"),
            Event = new("TCP: {ITEM.LASTVALUE1} connections, far more than usual: more load, or a leak", "TCP：{ITEM.LASTVALUE1} 个连接，远高于基线：负载上升或连接泄漏"),
            Now = new("{ITEM.LASTVALUE1} ESTABLISHED", "ESTABLISHED {ITEM.LASTVALUE1}"),
            Description = new("ESTABLISHED against its own average of a day.", "ESTABLISHED 与自身一天平均值相比。"),
        },
        new()
        {
            Id = "established.below",
            Severity = Severity.Warning,
            Scope = "notice",
            Expression = "avg(@sockets.established@,{$TCPLENS.PERIOD})*{$TCPLENS.ESTABLISHED.RATIO.MAX.WARN}<avg(@sockets.established@,{$TCPLENS.ESTABLISHED.BASELINE.PERIOD}) and avg(@sockets.established@,{$TCPLENS.ESTABLISHED.BASELINE.PERIOD})-avg(@sockets.established@,{$TCPLENS.PERIOD})>{$TCPLENS.ESTABLISHED.CHANGE.MIN.WARN}",
            Name = new("TCP: far fewer connections than usual", "TCP：连接数远低于基线"),
            Event = new("TCP: {ITEM.LASTVALUE1} connections, far fewer than usual: are clients cut off?", "TCP：{ITEM.LASTVALUE1} 个连接，远低于基线：客户端是否被切断？"),
            Now = new("{ITEM.LASTVALUE1} ESTABLISHED", "ESTABLISHED {ITEM.LASTVALUE1}"),
            Description = new("ESTABLISHED against its own average of a day.", "ESTABLISHED 与自身一天平均值相比。"),
        },
    ];

    // The destination is in the expression for its name's sake: {ITEM.LASTVALUE2} shows it.
    private static string Ephemeral(string threshold) =>
        $"min(@used.ephemeral@,{{$TCPLENS.PERIOD}})>={threshold} and length(last(@busiest.destination@))>0";

    private static Phrase EphemeralAdvice => new(
        "Every connection from one local address to one destination needs a local port of its own; TIME_WAIT holds it for 60 s. From half on connect() becomes slow, at 100 % it fails. Use a connection pool, more destination or source addresses, a wider ip_local_port_range, or tcp_tw_reuse=1.",
        "同一本地地址到同一目的地的每个连接都需要独立的本地端口，TIME_WAIT 会占用 60 秒。超过一半时 connect() 变慢，达到 100% 时失败。请使用连接池、更多的目的或源地址、更宽的 ip_local_port_range，或设置 tcp_tw_reuse=1。");

    private static Phrase OrphanAdvice => new(
        "Programs have closed, the peers do not confirm: they vanished, or advertise a zero window (slow readers, also an attack). Near the limit the kernel resets connections; each orphan may hold 64 KB. Look at FIN_WAIT1 and at the send queues; lower tcp_orphan_retries.",
        "程序已关闭而对端没有确认：对端消失，或通告零窗口（读取缓慢，也可能是攻击）。接近上限时内核会重置连接；每个孤儿最多占用 64 KB。请检查 FIN_WAIT1 与发送队列；可调小 tcp_orphan_retries。");
}
