using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Core.Metrics;

/// <summary>Every metric of a reading, each declared once.</summary>
public static class MetricCatalog
{
    /// <summary>All metrics in the order in which people read them.</summary>
    public static ImmutableArray<Metric> All { get; } =
    [
        .. TcpStates.All.Select(State), .. Sums(), .. FinWait2(), .. Used(), .. Kernel(), .. Reading(), .. Ports(), .. FindingMetrics.All,
        .. TcpStates.All.SelectMany(Families), .. CounterMetrics.Limits, .. CounterMetrics.All,
    ];

    /// <summary>The metric with that <see cref="Metric.Id"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static Metric Of(string id) => All.FirstOrDefault(metric => metric.Id == id) ?? throw new KeyNotFoundException($"no metric {id}");

    /// <summary>The id of a state's count.</summary>
    public static string IdOf(TcpState state) => $"sockets.{state.Info().Name}";

    private static Metric State(TcpStateInfo info) => new()
    {
        Id = IdOf(info.State),
        Name = new($"{info.Linux}", $"{info.Linux}（{info.Chinese}）"),
        Description = new Phrase("Sockets in state {0}, IPv4 and IPv6: {1}.", "处于 {0}状态的套接字数，IPv4 与 IPv6 合计：{1}。")
            .With(NameOf(info), info.Meaning)
            .Then(info.State == TcpState.Close ? CloseUnseen : Phrase.Same("")),
        Kind = MetricKind.Gauge,
        JsonPath = $"$.states.{info.Name}.total",
        Component = "states",
        IsOptional = info.State == TcpState.Close,
    };

    // Where the RFC has another name than Linux.
    private static Phrase NameOf(TcpStateInfo info) =>
        new(info.Rfc == info.Linux ? info.Linux : $"{info.Linux} ({info.Rfc})", $"{info.Linux}（{info.Chinese}）");

    private static Phrase CloseUnseen => new(
        " Linux shows these sockets since 6.8; on older kernels there is no value.", " Linux 自 6.8 起才能看到这类套接字；更旧的内核没有数值。");

    private static IEnumerable<Metric> Families(TcpStateInfo info) =>
        from family in FamilyWords
        select new Metric
        {
            Id = $"{IdOf(info.State)}.{family.Id}",
            Name = new($"{info.Linux}, {family.Name.English}", $"{info.Linux}，{family.Name.Chinese}"),
            Description = new Phrase("Of the sockets in state {0}: {1}.", "{0} 状态的套接字中：{1}。").With(info.Linux, family.Words),
            Kind = MetricKind.Gauge,
            JsonPath = $"$.states.{info.Name}.{family.Id}",
            Component = "families",
            IsOptional = info.State == TcpState.Close,
            IsSteady = true,
        };

    private static (string Id, Phrase Name, Phrase Words)[] FamilyWords =>
    [
        ("ipv4", Phrase.Same("IPv4"), new("those of family IPv4", "IPv4 族的套接字")),
        ("ipv6", Phrase.Same("IPv6"), new("those of family IPv6, the next ones among them", "IPv6 族的套接字（包含以 IPv6 套接字承载 IPv4 的）")),
        ("v4mapped", new("IPv4 over IPv6 sockets", "IPv6 套接字承载的 IPv4"), new("IPv6 sockets that carry IPv4 (clients of a dual-stack listener)", "承载 IPv4 的 IPv6 套接字（双栈监听的 IPv4 客户端）")),
    ];

    private static IEnumerable<Metric> Sums() =>
    [
        Gauge("sockets.sum", "$.sum.total", "states", new("All sockets", "套接字总数"), new("Sockets in all eleven states.", "全部十一种状态的套接字总数。")),
        .. FamilyWords.Select(family => Gauge($"sockets.sum.{family.Id}", $"$.sum.{family.Id}", "families",
            new Phrase("All sockets, {0}", "套接字总数，{0}").With(family.Name), new Phrase("Of all sockets: {0}.", "全部套接字中：{0}。").With(family.Words))),
    ];

    private static IEnumerable<Metric> FinWait2() =>
    [
        Gauge("fin_wait2.orphaned", "$.fin_wait2.orphaned", "states", new("FIN_WAIT2 without a process", "无进程的 FIN_WAIT2"),
            new("No program holds them any more; the kernel ends them after tcp_fin_timeout.", "已没有程序持有；内核在 tcp_fin_timeout 之后结束它们。")),
        Gauge("fin_wait2.owned", "$.fin_wait2.owned", "states", new("FIN_WAIT2 held by a program", "程序持有的 FIN_WAIT2"),
            new("A program has closed its sending side only and waits for the peer: the kernel never ends them.", "程序只关闭了发送方向并在等待对端：内核永远不会结束它们。")),
    ];

    private static IEnumerable<Metric> Used() =>
    [
        Percent("used.accept_queue", "$.usage.accept_queue", new("Fullest accept queue", "最满的 accept 队列"),
            new("The accept queue of a listening port that is nearest to its limit; above 100 % connections are dropped.", "各监听端口中最接近上限的 accept 队列；超过 100% 时新连接会被丢弃。")),
        Percent("used.half_open", "$.usage.half_open", new("Fullest SYN queue", "最满的 SYN 队列"),
            new("SYN_RECV of a listening port against the backlog of its listeners; the highest of all ports.", "监听端口的 SYN_RECV 数与其 backlog 之比；取各端口中最高者。")),
        Percent("used.time_wait", "$.usage.time_wait", new("TIME_WAIT against its limit", "TIME_WAIT 占上限的比例"),
            new("TIME_WAIT and FIN_WAIT2 without a process against tcp_max_tw_buckets.", "TIME_WAIT 与无进程的 FIN_WAIT2 之和占 tcp_max_tw_buckets 的比例。")),
        Percent("used.ephemeral", "$.usage.ephemeral", new("Ephemeral ports of the busiest destination", "最繁忙目的地的临时端口使用率"),
            new("Local ports taken from ip_local_port_range towards one destination address and port; at 100 % connect() fails with EADDRNOTAVAIL.", "到同一目的地址和端口的连接占用 ip_local_port_range 中本地端口的比例；达到 100% 时 connect() 以 EADDRNOTAVAIL 失败。")),
        Percent("used.orphans", "$.usage.orphans", new("Orphans against their limit", "孤儿套接字占上限的比例"),
            new("Sockets without a process against tcp_max_orphans, of the whole machine. Told in the initial namespace only.", "全机没有进程的套接字占 tcp_max_orphans 的比例。只有初始命名空间提供。")),
        Percent("used.memory", "$.usage.memory", new("TCP memory against its limit", "TCP 内存占上限的比例"),
            new("Pages of all TCP queues against the maximum of tcp_mem, of the whole machine. Told in the initial namespace only.", "全机 TCP 队列占用的内存页占 tcp_mem 上限的比例。只有初始命名空间提供。")),
        Percent("share.close_wait", "$.usage.close_wait", new("Share of CLOSE_WAIT", "CLOSE_WAIT 占比"),
            new("CLOSE_WAIT among ESTABLISHED and CLOSE_WAIT.", "CLOSE_WAIT 在 ESTABLISHED 与 CLOSE_WAIT 之和中的占比。")) with { IsOptional = false },
        Percent("share.syn_sent", "$.usage.syn_sent", new("Share of SYN_SENT", "SYN_SENT 占比"),
            new("SYN_SENT among ESTABLISHED and SYN_SENT.", "SYN_SENT 在 ESTABLISHED 与 SYN_SENT 之和中的占比。")) with { IsOptional = false },
        Text("busiest.destination", "$.busiest.destination", "limits", new("Busiest destination", "最繁忙的目的地"),
            new("Source address and destination that take the most ephemeral ports.", "占用临时端口最多的源地址与目的地。")),
        Gauge("busiest.ports", "$.busiest.used", "limits", new("Ephemeral ports taken by the busiest destination", "最繁忙目的地占用的临时端口数"),
            new("Sockets of all states towards it.", "到该目的地的各状态套接字数。")),
    ];

    private static IEnumerable<Metric> Kernel() =>
    [
        Gauge("kernel.time_wait", "$.kernel.time_wait_sockets", "limits", new("TIME_WAIT sockets by the kernel's count", "内核统计的 TIME_WAIT 套接字"),
            new("TIME_WAIT and FIN_WAIT2 without a process: what tcp_max_tw_buckets limits.", "TIME_WAIT 与无进程的 FIN_WAIT2：受 tcp_max_tw_buckets 限制。")) with { IsOptional = true },
        Gauge("kernel.orphans", "$.kernel.orphans", "limits", new("Orphans", "孤儿套接字"),
            new("Sockets that no process holds, of the whole machine.", "全机没有进程持有的套接字数。")) with { IsOptional = true },
        Gauge("kernel.allocated", "$.kernel.allocated", "limits", new("TCP sockets allocated", "已分配的 TCP 套接字"),
            new("Of the whole machine; more than all states together when programs hold sockets that they do not use.", "全机数值；程序持有未使用的套接字时，会多于各状态之和。")) with { IsOptional = true },
        Gauge("kernel.memory", "$.kernel.memory_pages", "limits", new("TCP memory", "TCP 内存"),
            new("Pages that all TCP queues take, of the whole machine.", "全机 TCP 队列占用的内存页数。")) with { IsOptional = true, Unit = "pages" },
    ];

    private static IEnumerable<Metric> Reading() =>
    [
        Gauge("reading.duration", "$.duration_seconds", "collector", new("Reading: duration", "读取：耗时"),
            new("How long the pass over the kernel's sockets took.", "遍历内核套接字所用的时间。")) with { IsFractional = true, Unit = "s" },
        Gauge("reading.complete", "$.complete", "collector", new("Reading: complete", "读取：完整"),
            new("1 when every socket was seen once, 0 when some may be missing or doubled.", "1 表示每个套接字恰好读到一次，0 表示可能有遗漏或重复。")),
        Text("reading.remark", "$.remark", "collector", new("Reading: remark", "读取：说明"),
            new("Why the reading is not complete, or why the best source was not used; empty when all is well.", "读取不完整或未能使用最佳数据源的原因；一切正常时为空。")),
        Text("reading.source", "$.source", "collector", new("Reading: source", "读取：数据源"),
            new("netlink, or proc where netlink is not allowed.", "netlink；不允许使用 netlink 时为 proc。")),
        Text("reading.version", "$.version", "collector", new("Version of TcpLens", "TcpLens 版本"), new("The program on the host.", "主机上的程序版本。")),
        Gauge("ports.left_off", "$.ports_left_off", "collector", new("Listening ports left off", "未列出的监听端口"),
            new("Listening ports for which the document had no room.", "文档容量不足而未列出的监听端口数。")),
    ];

    private static IEnumerable<Metric> Ports() =>
    [
        Port("port.listeners", "listeners", new("Listeners", "监听套接字"), new("Sockets that listen on the port; 0 when none does any more.", "在该端口监听的套接字数；不再有监听时为 0。")),
        Port("port.accept_queue", "accept_queue", new("Accept queue", "accept 队列"), new("Connections that wait for accept() in the port's fullest queue.", "该端口最满的队列中等待 accept() 的连接数。")),
        Port("port.accept_limit", "accept_limit", new("Accept queue limit", "accept 队列上限"),
            new("The smaller of listen()'s backlog and somaxconn when the program called listen().", "程序调用 listen() 时 backlog 与 somaxconn 中的较小值。")) with { IsOptional = true, IsSteady = true },
        Port("port.accept_used", "accept_used", new("Accept queue used", "accept 队列使用率"), new("The queue against its limit.", "队列长度占上限的比例。")) with { IsOptional = true, IsFractional = true, Unit = "%" },
        Port("port.half_open_used", "half_open_used", new("SYN queue used", "SYN 队列使用率"),
            new("SYN_RECV against the backlog of the port's listeners.", "SYN_RECV 数占该端口监听套接字 backlog 的比例。")) with { IsOptional = true, IsFractional = true, Unit = "%" },
        .. PortStates.Select(state => Port($"port.{state.Info().Name}", state.Info().Name, Phrase.Same(state.Info().Linux),
            new Phrase("Sockets in state {0} whose local port this is.", "本地端口为该端口、处于 {0} 状态的套接字数。").With(state.Info().Linux))),
    ];

    /// <summary>The states that are told for every listening port.</summary>
    public static ImmutableArray<TcpState> PortStates =>
        [TcpState.SynRecv, TcpState.Established, TcpState.FinWait1, TcpState.FinWait2, TcpState.TimeWait, TcpState.CloseWait, TcpState.LastAck];

    private static Metric Gauge(string id, string path, string component, Phrase name, Phrase description) => new()
    {
        Id = id,
        Name = name,
        Description = description,
        Kind = MetricKind.Gauge,
        JsonPath = path,
        Component = component,
    };

    private static Metric Percent(string id, string path, Phrase name, Phrase description) =>
        Gauge(id, path, "limits", name, description) with { Unit = "%", IsFractional = true, IsOptional = true };

    private static Metric Text(string id, string path, string component, Phrase name, Phrase description) =>
        Gauge(id, path, component, name, description) with { Kind = MetricKind.Text, IsSteady = true };

    private static Metric Port(string id, string path, Phrase name, Phrase description) =>
        Gauge(id, path, "listen", name, description) with { Dimension = MetricDimension.Port };
}
