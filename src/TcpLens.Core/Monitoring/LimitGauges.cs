using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>What of a reading stands against a limit of the kernel. What the kernel does not tell has no gauge.</summary>
public static class LimitGauges
{
    /// <summary>Ports whose queues are told: the fullest.</summary>
    public const int PortsMaximum = 10;

    /// <summary>Destinations whose ephemeral ports are told: the busiest.</summary>
    public const int DestinationsMaximum = 5;

    /// <summary>The gauges of the host, then those of ports and destinations, the fullest first.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="at">From where on something is too much.</param>
    public static ImmutableArray<LimitGauge> Of(DetailedReading reading, Thresholds at) =>
    [
        .. Host(reading, at),
        .. Fullest(reading.Ports.Where(port => port.AcceptQueueMaximum > 0).Select(port => AcceptQueue(port, at))),
        .. Fullest(reading.Ports.Where(port => port.HalfOpenMaximum > 0).Select(port => HalfOpen(port, at))),
        .. Ephemeral(reading, at),
    ];

    private static IEnumerable<LimitGauge> Fullest(IEnumerable<LimitGauge> gauges) => gauges.OrderByDescending(gauge => gauge.Percent).Take(PortsMaximum);

    private static IEnumerable<LimitGauge> Host(DetailedReading reading, Thresholds at) =>
        new[] { TimeWait(reading, at), Orphans(reading, at), Memory(reading, at) }.OfType<LimitGauge>();

    private static LimitGauge? TimeWait(DetailedReading reading, Thresholds at) => reading is { Counters.TimeWaitSockets: { } used, Limits.TimeWaitMaximum: > 0 and var limit }
        ? new()
        {
            Id = "used.time_wait",
            Label = new("TIME_WAIT against tcp_max_tw_buckets", "TIME_WAIT 占 tcp_max_tw_buckets"),
            Used = used,
            Limit = limit,
            Warning = at.TimeWaitWarning,
            Advice = new(
                "Above the limit sockets skip TIME_WAIT, and late packets may hit a new connection. Raise tcp_max_tw_buckets, or keep connections open longer.",
                "超过上限后套接字会跳过 TIME_WAIT，迟到的报文可能落入新连接。请调大 tcp_max_tw_buckets，或使用长连接。"),
        }
        : null;

    private static LimitGauge? Orphans(DetailedReading reading, Thresholds at) => reading is { Counters.Orphans: { } used, Limits.OrphansMaximum: > 0 and var limit }
        ? new()
        {
            Id = "used.orphans",
            Label = new("Orphans against tcp_max_orphans (whole machine)", "孤儿套接字占 tcp_max_orphans（全机）"),
            Used = used,
            Limit = limit,
            Warning = at.OrphansWarning,
            Critical = at.OrphansCritical,
            Advice = new(
                "Programs have closed and the peers do not confirm. Near the limit the kernel resets connections. Look at FIN_WAIT1 and at the send queues.",
                "程序已关闭而对端没有确认。接近上限时内核会重置连接。请检查 FIN_WAIT1 与发送队列。"),
        }
        : null;

    private static LimitGauge? Memory(DetailedReading reading, Thresholds at) => reading is { Counters.MemoryPages: { } used, Limits.Memory: { Maximum: > 0 } limit }
        ? new()
        {
            Id = "used.memory",
            Label = new("TCP memory against tcp_mem (whole machine)", "TCP 内存占 tcp_mem（全机）"),
            Used = used,
            Limit = limit.Maximum,
            Unit = "pages",
            Critical = at.MemoryCritical,
            Advice = new(
                "Above the limit the kernel drops data and connections. Find the program that does not read its data: large receive queues.",
                "超过上限后内核会丢弃数据和连接。请查找不读取数据的程序：接收队列很大。"),
        }
        : null;

    private static LimitGauge AcceptQueue(ListeningPort port, Thresholds at) => new()
    {
        Id = $"accept_queue.{port.Port}",
        Label = new Phrase("Accept queue of port {0}", "端口 {0} 的 accept 队列").With(port.Port),
        Used = port.AcceptQueue,
        Limit = port.AcceptQueueMaximum!.Value,
        Warning = at.AcceptQueueWarning,
        Critical = at.AcceptQueueCritical,
        Advice = new(
            "Connections wait for accept(): the program is too slow, or its backlog is too small. See first what the program waits for.",
            "连接在等待 accept()：程序处理过慢，或 backlog 太小。请先查明程序在等什么。"),
    };

    private static LimitGauge HalfOpen(ListeningPort port, Thresholds at) => new()
    {
        Id = $"syn_queue.{port.Port}",
        Label = new Phrase("SYN queue of port {0}", "端口 {0} 的 SYN 队列").With(port.Port),
        Used = port[TcpState.SynRecv],
        Limit = port.HalfOpenMaximum!.Value,
        Warning = at.HalfOpenWarning,
        Advice = new(
            "Half-open connections fill the backlog: a SYN flood, a lossy path, or a backlog too small. Keep tcp_syncookies at 1.",
            "半开连接占满 backlog：SYN 洪水、链路丢包，或 backlog 太小。请保持 tcp_syncookies 为 1。"),
    };

    private static IEnumerable<LimitGauge> Ephemeral(DetailedReading reading, Thresholds at) =>
        reading.Limits.EphemeralPortCount is > 0 and var ports
            ? reading.Destinations.Take(DestinationsMaximum).Select(use => Ephemeral(use, ports, at))
            : [];

    private static LimitGauge Ephemeral(DestinationUse use, int ports, Thresholds at) => new()
    {
        Id = $"ephemeral.{use.Destination.Source}>{use.Destination.Target}",
        Label = new Phrase("Local ports towards {0}", "到 {0} 的本地端口").With(use.Destination.Target),
        Used = use.Used,
        Limit = ports,
        Warning = at.EphemeralWarning,
        Critical = at.EphemeralCritical,
        Advice = new(
            "Every connection to one destination needs a local port of its own; at 100 % connect() fails with EADDRNOTAVAIL. Reuse connections, or set tcp_tw_reuse=1.",
            "到同一目的地的每个连接都需要独立的本地端口；达到 100% 时 connect() 以 EADDRNOTAVAIL 失败。请复用连接，或设置 tcp_tw_reuse=1。"),
    };
}
