using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Core.Metrics;

/// <summary>The metrics that the kernel counts or limits itself.</summary>
public static class CounterMetrics
{
    /// <summary>The kernel's counters that belong to the picture, by the kernel's own names (<see cref="KernelName"/>).</summary>
    public static ImmutableArray<Metric> All { get; } =
    [
        Counter("ActiveOpens", new("Connections begun", "主动建立的连接"), new("Connections that this side began.", "本端主动发起的连接。")),
        Counter("PassiveOpens", new("Connections taken", "被动建立的连接"), new("Connections that listeners took.", "监听端口接受的连接。")),
        Counter("AttemptFails", new("Handshakes failed", "失败的握手"), new("Refused, timed out, or reset before they were done.", "被拒绝、超时或在完成前被重置的握手。")),
        Counter("EstabResets", new("Connections reset", "被重置的连接"), new("Resets out of ESTABLISHED or CLOSE_WAIT.", "在 ESTABLISHED 或 CLOSE_WAIT 状态下被重置的连接。")),
        Counter("InSegs", new("Segments received", "收到的报文段"), new("All TCP segments that came in.", "收到的全部 TCP 报文段。")),
        Counter("OutSegs", new("Segments sent", "发出的报文段"), new("TCP segments sent, without retransmissions.", "发出的 TCP 报文段，不含重传。")),
        Counter("RetransSegs", new("Segments sent again", "重传的报文段"), new("Retransmitted segments.", "重传的报文段数。")),
        Counter("InErrs", new("Segments in error", "错误的报文段"), new("Broken segments, wrong checksums among them.", "损坏的报文段，含校验和错误。")),
        Counter("OutRsts", new("Resets sent", "发出的 RST"), new("Many: a port scan, or clients of a service that is down.", "数量多时：端口扫描，或客户端在访问已停止的服务。")),
        Counter("SyncookiesSent", new("SYN cookies sent", "发出的 SYN cookie"), new("SYNs answered by a cookie because the SYN queue was full.", "SYN 队列已满而用 cookie 应答的 SYN。")),
        Counter("SyncookiesRecv", new("SYN cookies returned", "返回的 SYN cookie"), new("Cookies that became connections. Far fewer than sent: the sources are spoofed.", "成功变为连接的 cookie。远少于发出数说明源地址是伪造的。")),
        Counter("SyncookiesFailed", new("SYN cookies refused", "无效的 SYN cookie"), new("Cookies that came back wrong or too late.", "返回时有误或过期的 cookie。")),
        Counter("TCPReqQFullDoCookies", new("SYN queue full, cookie sent", "SYN 队列满，改用 cookie"), new("SYNs that found the SYN queue full and were answered by a cookie.", "遇到 SYN 队列已满、以 cookie 应答的 SYN。")),
        Counter("TCPReqQFullDrop", new("SYN queue full, SYN dropped", "SYN 队列满，丢弃 SYN"), new("SYNs that found the SYN queue full and were dropped.", "遇到 SYN 队列已满而被丢弃的 SYN。")),
        Counter("ListenOverflows", new("Accept queue overflows", "accept 队列溢出"), new("Connections or SYNs that found the accept queue full.", "遇到 accept 队列已满的连接或 SYN。")),
        Counter("ListenDrops", new("Dropped at listeners", "监听端丢弃"), new("All connections or SYNs that listeners dropped, overflows among them.", "监听套接字丢弃的全部连接或 SYN，含队列溢出。")),
        Counter("TCPTimeWaitOverflow", new("TIME_WAIT skipped", "跳过的 TIME_WAIT"), new("Sockets that skipped TIME_WAIT because tcp_max_tw_buckets was reached.", "因达到 tcp_max_tw_buckets 而跳过 TIME_WAIT 的套接字。")),
        Counter("TW", new("TIME_WAIT entered", "进入 TIME_WAIT"), new("Sockets that went into TIME_WAIT (older kernels count them at its end).", "进入 TIME_WAIT 的套接字（较旧的内核在其结束时计数）。")),
        Counter("TWRecycled", new("TIME_WAIT ports reused", "复用的 TIME_WAIT 端口"), new("Ports in TIME_WAIT that a new outgoing connection took over (tcp_tw_reuse).", "被新的出站连接复用的 TIME_WAIT 端口（tcp_tw_reuse）。")),
        Counter("TCPAbortOnData", new("Aborts: data after close", "中止：关闭后仍收到数据"), new("Data came after the program had closed.", "程序关闭之后仍有数据到达。")),
        Counter("TCPAbortOnClose", new("Aborts: closed with data unread", "中止：关闭时仍有未读数据"), new("The program closed without reading everything.", "程序未读完数据就关闭。")),
        Counter("TCPAbortOnMemory", new("Aborts: memory or orphans", "中止：内存或孤儿过多"), new("Dropped for want of memory or because of too many orphans.", "因内存不足或孤儿套接字过多而被丢弃。")),
        Counter("TCPAbortOnTimeout", new("Aborts: peer silent", "中止：对端无响应"), new("Given up after all retransmissions.", "重传次数用尽后放弃。")),
        Counter("TCPSynRetrans", new("SYN sent again", "重传的 SYN"), new("SYNs and SYN-ACKs that were sent again.", "重传的 SYN 与 SYN-ACK。")),
        Counter("TCPTimeouts", new("Retransmission timeouts", "重传超时"), new("Retransmission timers that fired.", "触发的重传定时器。")),
        Counter("TCPMemoryPressures", new("Memory pressure entered", "进入内存压力"), new("How often TCP's memory went over the pressure mark of tcp_mem.", "TCP 内存超过 tcp_mem 压力线的次数。")),
        Counter("PruneCalled", new("Receive queues pruned", "接收队列裁剪"), new("How often a receive queue was cut down because it was too large.", "接收队列过大而被裁剪的次数。")),
    ];

    /// <summary>The kernel's name of a counter's metric: <c>ListenOverflows</c>.</summary>
    public static string KernelName(Metric counter) => counter.Id["counter.".Length..];

    /// <summary>The kernel's limits and settings that decide how much is too much.</summary>
    public static ImmutableArray<Metric> Limits { get; } =
    [
        Limit("tcp_max_tw_buckets", new("Sockets in TIME_WAIT before the next ones skip the state.", "TIME_WAIT 套接字的上限，超过后新的将跳过该状态。")),
        Limit("tcp_max_orphans", new("Sockets without a process, of the whole machine.", "全机没有进程的套接字上限。")),
        Limit("tcp_mem_pressure", new("Pages from which TCP saves memory (second number of tcp_mem).", "TCP 开始节省内存的页数（tcp_mem 的第二个值）。")),
        Limit("tcp_mem_max", new("Pages above which TCP drops data (third number of tcp_mem).", "TCP 开始丢弃数据的页数（tcp_mem 的第三个值）。")),
        Limit("ephemeral_ports", new("Ports that outgoing connections may take: ip_local_port_range without ip_local_reserved_ports.", "出站连接可用的本地端口数：ip_local_port_range 减去 ip_local_reserved_ports。")),
        Limit("somaxconn", new("The most that a listener's queue can hold.", "监听队列的最大长度。")),
        Limit("tcp_max_syn_backlog", new("Half-open requests; counts only while tcp_syncookies is 0.", "半开请求数；仅在 tcp_syncookies 为 0 时起作用。")),
        Limit("tcp_syncookies", new("0 never, 1 when the SYN queue is full, 2 always.", "0 从不，1 在 SYN 队列满时，2 总是。")),
        Limit("tcp_fin_timeout", new("Seconds that FIN_WAIT2 without a process lasts. It does not touch TIME_WAIT.", "无进程的 FIN_WAIT2 保留的秒数。与 TIME_WAIT 无关。")),
        Limit("tcp_tw_reuse", new("0 never, 1 for every outgoing connection, 2 for those over loopback.", "0 从不，1 用于所有出站连接，2 仅用于环回连接。")),
    ];

    private static Metric Counter(string name, Phrase title, Phrase description) => new()
    {
        Id = "counter." + name,
        Name = title,
        Description = description.Then(new Phrase(" The kernel's {0}, per second.", " 内核计数器 {0}，每秒。").With(name)),
        Kind = MetricKind.Counter,
        JsonPath = "$.counters." + name,
        Component = "counters",
        IsOptional = true,
        IsFractional = true,
    };

    private static Metric Limit(string name, Phrase description) => new()
    {
        Id = "limit." + name,
        Name = new Phrase("Limit: {0}", "上限：{0}").With(name),
        Description = description,
        Kind = MetricKind.Limit,
        JsonPath = "$.limits." + name,
        Component = "limits",
        IsOptional = true,
        IsSteady = true,
    };
}
