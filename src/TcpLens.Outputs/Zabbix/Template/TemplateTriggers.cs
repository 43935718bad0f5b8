using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>
/// The triggers. Every threshold is a macro and, where the kernel has a limit, a ratio against it; every condition has to hold for a
/// window, so that one odd reading opens nothing.
/// </summary>
public static class TemplateTriggers
{
    /// <summary>The triggers of the host.</summary>
    public static ImmutableArray<TemplateTrigger> Host { get; } =
    [
        .. Listening(), .. Closing(), .. HalfClosed(), .. ConnectionTriggers.All, .. CollectorTriggers.All,
    ];

    /// <summary>The triggers of every rule of the diagnosis.</summary>
    public static ImmutableArray<TemplateTrigger> Rule => FindingTriggers.All;

    /// <summary>The triggers of every service.</summary>
    public static ImmutableArray<TemplateTrigger> Service => ServiceTriggers.All;

    /// <summary>All of them.</summary>
    public static IEnumerable<TemplateTrigger> All => [.. Host, .. Port, .. Rule, .. Service];

    /// <summary>The triggers of every discovered listening port.</summary>
    public static ImmutableArray<TemplateTrigger> Port { get; } =
    [
        new()
        {
            Id = "port.half_open",
            Severity = Severity.Warning,
            Scope = "security",
            Expression = "min(@port.half_open_used@,{$TCPLENS.PERIOD})>={$TCPLENS.HALF_OPEN.MAX.WARN:\"{#PORT}\"}" + WhileListening,
            Name = new("Port {#PORT}: many half-open connections for its backlog", "端口 {#PORT}：半开连接接近 backlog"),
            Event = new("Port {#PORT}: half-open connections take {ITEM.LASTVALUE1} of the backlog: look for a SYN flood or slow clients", "端口 {#PORT}：半开连接占 backlog 的 {ITEM.LASTVALUE1}，请检查 SYN 洪水或慢速客户端"),
            Now = new("{ITEM.LASTVALUE1} of the backlog", "占 backlog 的 {ITEM.LASTVALUE1}"),
            Description = new(
                "SYN_RECV of the port against the backlog of its listeners. Many source networks and few returned cookies: a flood; keep tcp_syncookies at 1 and filter upstream. Few networks and retransmitted SYN-ACKs: a lossy or asymmetric path. Otherwise the backlog is too small for a genuine burst: raise it in the program and somaxconn, then restart the listener.",
                "该端口 SYN_RECV 数与监听 backlog 之比。来源网段很多且 cookie 少有返回：SYN 洪水，保持 tcp_syncookies 为 1 并在上游过滤。来源很少且 SYN-ACK 重传：链路丢包或路由不对称。否则是 backlog 对真实突发过小：在程序中调大 backlog 并调大 somaxconn，再重启监听程序。"),
            SilentWhile = ["half_open.drops", "half_open.cookies"],
        },
        new()
        {
            Id = "port.accept_queue",
            Severity = Severity.Warning,
            Scope = "performance",
            Expression = "min(@port.accept_used@,{$TCPLENS.PERIOD})>={$TCPLENS.ACCEPT_QUEUE.MAX.WARN:\"{#PORT}\"}" + WhileListening,
            Name = new("Port {#PORT}: accept queue fills up", "端口 {#PORT}：accept 队列逐渐填满"),
            Event = new("Port {#PORT}: accept queue at {ITEM.LASTVALUE1}: the program accepts too slowly", "端口 {#PORT}：accept 队列已用 {ITEM.LASTVALUE1}，程序 accept 过慢"),
            Now = new("{ITEM.LASTVALUE1} of the limit", "已用 {ITEM.LASTVALUE1}"),
            Description = QueueAdvice,
            SilentWhile = ["port.accept_queue_full"],
        },
        new()
        {
            Id = "port.accept_queue_full",
            Severity = Severity.High,
            Scope = "availability",
            Expression = "min(@port.accept_used@,{$TCPLENS.PERIOD})>={$TCPLENS.ACCEPT_QUEUE.MAX.CRIT:\"{#PORT}\"}" + WhileListening,
            Name = new("Port {#PORT}: accept queue full, connections are lost", "端口 {#PORT}：accept 队列已满，正在丢失连接"),
            Event = new("Port {#PORT}: accept queue full ({ITEM.LASTVALUE1}), connections are lost: look at the program, then at its backlog", "端口 {#PORT}：accept 队列已满（{ITEM.LASTVALUE1}），正在丢失连接：先检查程序，再检查 backlog"),
            Now = new("{ITEM.LASTVALUE1} of the limit", "已用 {ITEM.LASTVALUE1}"),
            Description = QueueAdvice,
        },
        new()
        {
            Id = "port.gone",
            Severity = Severity.Average,
            Scope = "availability",
            Expression = "max(@port.listeners@,{$TCPLENS.PERIOD})=0 and max(@ports.left_off@,{$TCPLENS.PERIOD})=0",
            Name = new("Port {#PORT}: nothing listens any more", "端口 {#PORT}：不再有监听"),
            Event = new("Port {#PORT}: nothing listens any more: start the service, or close this problem if it was stopped for good", "端口 {#PORT}：不再有监听：请启动服务；若已永久停用，请手动关闭此问题"),
            Now = new("{ITEM.LASTVALUE1} listeners", "{ITEM.LASTVALUE1} 个监听"),
            Description = new(
                "A program listened on this port when it was discovered ({#SCOPE}, {#FAMILY}). The discovery forgets the port after its lifetime.",
                "发现该端口时有程序在监听（{#SCOPE}，{#FAMILY}）。超过保留期后自动发现会移除该端口。"),
            IsClosedByHand = true,
        },
    ];

    // A port on which nothing listens any more has no queue and so no values: the problem has to end all the same.
    private const string WhileListening = " and max(@port.listeners@,{$TCPLENS.PERIOD})>0";

    private static Phrase QueueAdvice => new(
        "Connections wait for accept(). The accept loop is stalled, or the backlog is tiny. Find what the program waits for first; then raise the backlog in the program and somaxconn, and restart the listener. Leave tcp_abort_on_overflow at 0.",
        "连接在等待 accept()。要么 accept 循环被阻塞，要么 backlog 太小。先查明程序在等什么；再调大程序的 backlog 与 somaxconn 并重启监听程序。tcp_abort_on_overflow 保持为 0。");

    private static IEnumerable<TemplateTrigger> Listening() =>
    [
        new()
        {
            Id = "half_open.drops",
            Severity = Severity.High,
            Scope = "security",
            Expression = "min(@counter.TCPReqQFullDrop@,{$TCPLENS.PERIOD})>{$TCPLENS.SYN_DROPS.MAX.CRIT}",
            Name = new("TCP: SYN queue full, SYNs are dropped", "TCP：SYN 队列已满，正在丢弃 SYN"),
            Event = new("TCP: SYNs are dropped ({ITEM.LASTVALUE1}): set tcp_syncookies to 1", "TCP：正在丢弃 SYN（{ITEM.LASTVALUE1}）：请将 tcp_syncookies 设为 1"),
            Now = new("{ITEM.LASTVALUE1} dropped", "丢弃 {ITEM.LASTVALUE1}"),
            Description = new(
                "Half-open connections fill a listener's backlog and SYN cookies are off, so that clients cannot connect. Set tcp_syncookies to 1, then find the source: a flood (filter upstream) or a backlog too small.",
                "半开连接占满监听端口的 backlog，且未启用 SYN cookie，客户端无法建立连接。将 tcp_syncookies 设为 1，再查明来源：洪水（在上游过滤）或 backlog 过小。"),
        },
        new()
        {
            Id = "half_open.cookies",
            Severity = Severity.Average,
            Scope = "security",
            Expression = "min(@counter.SyncookiesSent@,{$TCPLENS.PERIOD})>{$TCPLENS.SYN_COOKIES.MAX.WARN} and min(@counter.SyncookiesRecv@,{$TCPLENS.PERIOD})>=0",
            Name = new("TCP: half-open flood, SYN cookies are sent", "TCP：半开连接洪水，正在发送 SYN cookie"),
            Event = new("TCP: SYN cookies sent {ITEM.LASTVALUE1}, returned {ITEM.LASTVALUE2}: few come back from a spoofed flood", "TCP：SYN cookie 发出 {ITEM.LASTVALUE1}，返回 {ITEM.LASTVALUE2}：返回很少说明是伪造源地址的洪水"),
            Now = new("{ITEM.LASTVALUE1} sent, {ITEM.LASTVALUE2} returned", "发出 {ITEM.LASTVALUE1}，返回 {ITEM.LASTVALUE2}"),
            Description = new(
                "A listener's SYN queue is full; the kernel answers with cookies and clients still connect. Fewer than half come back: spoofed sources, filter upstream. Nearly all come back: a genuine burst, raise the listener's backlog and somaxconn. Cookies are a fallback, not a way of carrying normal load.",
                "某监听端口的 SYN 队列已满，内核改用 cookie 应答，客户端仍能连接。返回不足一半：源地址伪造，在上游过滤。几乎全部返回：真实突发，调大 backlog 与 somaxconn。cookie 只是后备手段，不应承载正常负载。"),
            SilentWhile = ["half_open.drops"],
        },
        new()
        {
            Id = "accept.overflows",
            Severity = Severity.Warning,
            Scope = "performance",
            Expression = "max(@counter.ListenOverflows@,{$TCPLENS.PERIOD})>{$TCPLENS.OVERFLOWS.MAX.WARN}",
            Name = new("TCP: an accept queue overflows", "TCP：accept 队列发生溢出"),
            Event = new("TCP: an accept queue overflows (now {ITEM.LASTVALUE1}): look for the port with the fullest queue", "TCP：accept 队列溢出（当前 {ITEM.LASTVALUE1}）：请查找队列最满的端口"),
            Now = new("overflows: {ITEM.LASTVALUE1}", "溢出：{ITEM.LASTVALUE1}"),
            Description = QueueAdvice,
            SilentWhile = ["accept.overflows_high"],
        },
        new()
        {
            Id = "accept.overflows_high",
            Severity = Severity.High,
            Scope = "availability",
            Expression = "min(@counter.ListenOverflows@,{$TCPLENS.PERIOD})>{$TCPLENS.OVERFLOWS.MAX.CRIT}",
            Name = new("TCP: an accept queue overflows all the time", "TCP：accept 队列持续溢出"),
            Event = new("TCP: an accept queue overflows all the time ({ITEM.LASTVALUE1}): clients cannot connect, the program accepts too slowly", "TCP：accept 队列持续溢出（{ITEM.LASTVALUE1}）：客户端连接失败，程序 accept 过慢"),
            Now = new("overflows: {ITEM.LASTVALUE1}", "溢出：{ITEM.LASTVALUE1}"),
            Description = QueueAdvice,
        },
    ];

    private static IEnumerable<TemplateTrigger> Closing() =>
    [
        new()
        {
            Id = "close_wait.stays",
            Severity = Severity.Warning,
            Scope = "performance",
            Expression = "min(@sockets.close_wait@,{$TCPLENS.CLOSE_WAIT.PERIOD})>={$TCPLENS.CLOSE_WAIT.MIN.WARN} and min(@share.close_wait@,{$TCPLENS.CLOSE_WAIT.PERIOD})>={$TCPLENS.CLOSE_WAIT.SHARE.MAX.WARN}",
            Name = new("TCP: CLOSE_WAIT does not go away", "TCP：CLOSE_WAIT 长期不消失"),
            Event = new("TCP: {ITEM.LASTVALUE1} sockets in CLOSE_WAIT ({ITEM.LASTVALUE2} of the connections): a program does not close them", "TCP：{ITEM.LASTVALUE1} 个 CLOSE_WAIT（占连接的 {ITEM.LASTVALUE2}）：有程序没有关闭连接"),
            Now = new("{ITEM.LASTVALUE1} sockets, {ITEM.LASTVALUE2} of the connections", "{ITEM.LASTVALUE1} 个，占连接的 {ITEM.LASTVALUE2}"),
            Description = CloseWaitAdvice,
            SilentWhile = ["close_wait.grows"],
        },
        new()
        {
            Id = "close_wait.grows",
            Severity = Severity.High,
            Scope = "capacity",
            Expression = "min(@sockets.close_wait@,{$TCPLENS.CLOSE_WAIT.PERIOD})>={$TCPLENS.CLOSE_WAIT.MIN.WARN} and avg(@sockets.close_wait@,{$TCPLENS.PERIOD})>={$TCPLENS.CLOSE_WAIT.GROWTH.MAX.CRIT}*first(@sockets.close_wait@,{$TCPLENS.CLOSE_WAIT.PERIOD})",
            Name = new("TCP: CLOSE_WAIT grows", "TCP：CLOSE_WAIT 持续增长"),
            Event = new("TCP: CLOSE_WAIT grows, {ITEM.LASTVALUE1} now: a program leaks connections until it has no descriptors left", "TCP：CLOSE_WAIT 持续增长，现有 {ITEM.LASTVALUE1} 个：程序泄漏连接，终将耗尽文件描述符"),
            Now = new("{ITEM.LASTVALUE1} sockets", "{ITEM.LASTVALUE1} 个"),
            Description = CloseWaitAdvice,
        },
        new()
        {
            Id = "time_wait.near_limit",
            Severity = Severity.Warning,
            Scope = "capacity",
            Expression = "min(@used.time_wait@,{$TCPLENS.PERIOD})>={$TCPLENS.TIME_WAIT.MAX.WARN}",
            Name = new("TCP: TIME_WAIT nears tcp_max_tw_buckets", "TCP：TIME_WAIT 接近 tcp_max_tw_buckets"),
            Event = new("TCP: TIME_WAIT at {ITEM.LASTVALUE1} of tcp_max_tw_buckets: raise the limit, or open fewer short connections", "TCP：TIME_WAIT 已达 tcp_max_tw_buckets 的 {ITEM.LASTVALUE1}：请调大上限或减少短连接"),
            Now = new("{ITEM.LASTVALUE1} of the limit", "占上限的 {ITEM.LASTVALUE1}"),
            Description = TimeWaitAdvice,
            SilentWhile = ["time_wait.skipped"],
        },
        new()
        {
            Id = "time_wait.skipped",
            Severity = Severity.High,
            Scope = "capacity",
            Expression = "max(@counter.TCPTimeWaitOverflow@,{$TCPLENS.PERIOD})>{$TCPLENS.TIME_WAIT.SKIPPED.MAX.CRIT}",
            Name = new("TCP: sockets skip TIME_WAIT", "TCP：有套接字跳过 TIME_WAIT"),
            Event = new("TCP: sockets skip TIME_WAIT (now {ITEM.LASTVALUE1}): tcp_max_tw_buckets is reached, raise it", "TCP：有套接字跳过 TIME_WAIT（当前 {ITEM.LASTVALUE1}）：已达 tcp_max_tw_buckets，请调大"),
            Now = new("skipped: {ITEM.LASTVALUE1}", "跳过：{ITEM.LASTVALUE1}"),
            Description = TimeWaitAdvice,
        },
    ];

    private static IEnumerable<TemplateTrigger> HalfClosed() =>
    [
        new()
        {
            Id = "fin_wait2.owned",
            Severity = Severity.Warning,
            Scope = "performance",
            Expression = "min(@fin_wait2.owned@,{$TCPLENS.FIN_WAIT2.PERIOD})>={$TCPLENS.FIN_WAIT2.MIN.WARN}",
            Name = new("TCP: programs keep connections in FIN_WAIT2", "TCP：程序长期持有 FIN_WAIT2 连接"),
            Event = new("TCP: {ITEM.LASTVALUE1} sockets in FIN_WAIT2 are held by programs: they closed one side and wait for ever", "TCP：程序持有 {ITEM.LASTVALUE1} 个 FIN_WAIT2：只关闭了一个方向，会一直等下去"),
            Now = new("{ITEM.LASTVALUE1} sockets", "{ITEM.LASTVALUE1} 个"),
            Description = new(
                "A program called shutdown() for sending and waits for the peer to close; the kernel never ends such a socket. Give the program a read timeout after its half-close, or look for the peer that leaks (CLOSE_WAIT there). tcp_fin_timeout helps for sockets without a process only.",
                "程序用 shutdown() 关闭了发送方向并等待对端关闭；内核永远不会结束这种套接字。请在半关闭之后设置读超时，或检查泄漏连接的对端（对端处于 CLOSE_WAIT）。tcp_fin_timeout 只对没有进程的套接字有效。"),
        },
    ];

    private static Phrase CloseWaitAdvice => new(
        "The peer has closed, the local program has not: a missing close(), a pool without eviction, a blocked thread. No kernel setting ends CLOSE_WAIT. Find the program with `tcplens list state:close_wait`, fix its close path, restart it as a stop-gap. Sockets that no program has accepted yet belong to a full accept queue instead.",
        "对端已关闭而本地程序没有关闭：缺少 close()、连接池不清理或线程阻塞。没有任何内核参数能结束 CLOSE_WAIT。用 `tcplens list state:close_wait` 找到程序，修复其关闭流程，重启只是权宜之计。尚未被程序 accept 的套接字则属于 accept 队列已满的问题。");

    private static Phrase TimeWaitAdvice => new(
        "TIME_WAIT lasts 60 s and tcp_fin_timeout does not change that. Above tcp_max_tw_buckets sockets skip the state, and late packets may hit a new connection. Raise tcp_max_tw_buckets (never lower it), keep connections open longer, or let the clients close first.",
        "TIME_WAIT 固定持续 60 秒，tcp_fin_timeout 不会改变它。超过 tcp_max_tw_buckets 后套接字会跳过该状态，迟到的报文可能落入新连接。请调大 tcp_max_tw_buckets（切勿调小）、使用长连接，或让客户端先关闭。");
}
