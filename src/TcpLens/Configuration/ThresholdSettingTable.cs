using System.Collections.Immutable;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>The settings from where on something is too much, for the resident monitor and <c>tcplens doctor</c> alike; a part of <see cref="SettingTable"/>.</summary>
internal static class ThresholdSettingTable
{
    public const string Name = "thresholds";

    /// <summary>The lower of two settings of one number, with the higher.</summary>
    public static ImmutableArray<(string Lower, string Higher)> Pairs { get; } =
    [
        ("accept_queue_warning", "accept_queue_critical"), ("overflows_warning", "overflows_critical"), ("ephemeral_warning", "ephemeral_critical"), ("orphans_warning", "orphans_critical"),
        ("descriptors_warning", "descriptors_critical"), ("conntrack_warning", "conntrack_critical"), ("retransmits_notice", "retransmits_warning"),
    ];

    public static SettingSection Section { get; } = new(Name, new("from where on something is a finding, for the monitor and tcplens doctor; it closes at 80 % of the mark, rates at half", "多少才算问题，对常驻监控和 tcplens doctor 都有效；回落到阈值的 80%（速率为一半）以下才算恢复"),
    [
        Percent("accept_queue_warning", new("accept queue of a port in percent of its limit: warning", "端口 accept 队列占上限的百分比：警告"), all => all.AcceptQueueWarning, (all, value) => all with { AcceptQueueWarning = value }),
        Percent("accept_queue_critical", new("the same: critical", "端口 accept 队列占上限的百分比：严重"), all => all.AcceptQueueCritical, (all, value) => all with { AcceptQueueCritical = value }, "90.0"),
        Rate("overflows_warning", new("accept queue overflows per second that are tolerated: more is a warning", "每秒 accept 队列溢出数的容忍上限：超过为警告"), all => all.OverflowsWarning, (all, value) => all with { OverflowsWarning = value }, "0.5"),
        Rate("overflows_critical", new("the same: more is critical", "每秒 accept 队列溢出数：超过为严重"), all => all.OverflowsCritical, (all, value) => all with { OverflowsCritical = value }, "5.0"),
        Percent("half_open_warning", new("SYN_RECV of a port in percent of its backlog: warning", "端口 SYN_RECV 占 backlog 的百分比：警告"), all => all.HalfOpenWarning, (all, value) => all with { HalfOpenWarning = value }),
        Rate("syn_cookies_warning", new("SYN cookies per second: more is a warning", "每秒 SYN cookie 数：超过为警告"), all => all.SynCookiesWarning, (all, value) => all with { SynCookiesWarning = value }),
        Rate("syn_drops_critical", new("SYNs dropped per second at a full SYN queue: more is critical", "每秒因 SYN 队列满而丢弃的 SYN 数：超过为严重"), all => all.SynDropsCritical, (all, value) => all with { SynDropsCritical = value }),
        Count("slow_handshakes_count", new("half-open connections that do not answer the SYN-ACK: fewer are never reported", "没有应答 SYN-ACK 的半开连接：少于此数不报告"), all => all.SlowHandshakesCount, (all, value) => all with { SlowHandshakesCount = value }),
        Percent("time_wait_warning", new("TIME_WAIT in percent of tcp_max_tw_buckets: warning; orphaned FIN_WAIT2 at half of it", "TIME_WAIT 占 tcp_max_tw_buckets 的百分比：警告；孤儿 FIN_WAIT2 取其一半"), all => all.TimeWaitWarning, (all, value) => all with { TimeWaitWarning = value }),
        Percent("ephemeral_warning", new("local ports of one destination in percent of all: warning", "单一目的地占用的本地端口百分比：警告"), all => all.EphemeralWarning, (all, value) => all with { EphemeralWarning = value }, "70.0"),
        Percent("ephemeral_critical", new("the same: critical", "单一目的地占用的本地端口百分比：严重"), all => all.EphemeralCritical, (all, value) => all with { EphemeralCritical = value }, "95.0"),
        Percent("orphans_warning", new("orphans in percent of tcp_max_orphans: warning", "孤儿套接字占 tcp_max_orphans 的百分比：警告"), all => all.OrphansWarning, (all, value) => all with { OrphansWarning = value }, "20.0"),
        Percent("orphans_critical", new("the same: critical", "孤儿套接字占 tcp_max_orphans 的百分比：严重"), all => all.OrphansCritical, (all, value) => all with { OrphansCritical = value }, "60.0"),
        Percent("memory_critical", new("TCP memory in percent of tcp_mem's maximum: critical", "TCP 内存占 tcp_mem 最大值的百分比：严重"), all => all.MemoryCritical, (all, value) => all with { MemoryCritical = value }),
        Percent("descriptors_warning", new("open descriptors of a process in percent of its limit: warning", "进程已打开的描述符占其上限的百分比：警告"), all => all.DescriptorsWarning, (all, value) => all with { DescriptorsWarning = value }, "70.0"),
        Percent("descriptors_critical", new("the same: critical", "进程已打开的描述符占其上限的百分比：严重"), all => all.DescriptorsCritical, (all, value) => all with { DescriptorsCritical = value }, "90.0"),
        Percent("conntrack_warning", new("tracked connections in percent of nf_conntrack_max: warning", "连接跟踪表项占 nf_conntrack_max 的百分比：警告"), all => all.ConntrackWarning, (all, value) => all with { ConntrackWarning = value }, "60.0"),
        Percent("conntrack_critical", new("the same: critical", "连接跟踪表项占 nf_conntrack_max 的百分比：严重"), all => all.ConntrackCritical, (all, value) => all with { ConntrackCritical = value }, "95.0"),
        Count("close_wait_count", new("CLOSE_WAIT held by programs: fewer are never reported", "程序持有的 CLOSE_WAIT：少于此数不报告"), all => all.CloseWaitCount, (all, value) => all with { CloseWaitCount = value }),
        Percent("close_wait_share", new("CLOSE_WAIT in percent of ESTABLISHED and CLOSE_WAIT: warning", "CLOSE_WAIT 占 ESTABLISHED 与 CLOSE_WAIT 之和的百分比：警告"), all => all.CloseWaitShare, (all, value) => all with { CloseWaitShare = value }),
        Number("close_wait_growth", 1.1, 100, "2.0", new("growth of CLOSE_WAIT in a quarter of an hour, as a factor: critical", "CLOSE_WAIT 在一刻钟内的增长倍数：严重"), all => all.CloseWaitGrowth, (all, value) => all with { CloseWaitGrowth = value }),
        Age("close_wait_age", new("how long CLOSE_WAIT has to be there", "CLOSE_WAIT 须持续多久才算问题"), all => all.CloseWaitAge, (all, value) => all with { CloseWaitAge = value }),
        Count("fin_wait2_count", new("FIN_WAIT2 held by programs: fewer are never reported", "程序持有的 FIN_WAIT2：少于此数不报告"), all => all.OwnedFinWait2Count, (all, value) => all with { OwnedFinWait2Count = value }),
        Age("fin_wait2_age", new("how long FIN_WAIT2 held by programs has to be there", "程序持有的 FIN_WAIT2 须持续多久才算问题"), all => all.OwnedFinWait2Age, (all, value) => all with { OwnedFinWait2Age = value }),
        Count("syn_sent_count", new("outgoing connections without an answer: fewer are never reported", "没有应答的出站连接：少于此数不报告"), all => all.SynSentCount, (all, value) => all with { SynSentCount = value }),
        Percent("syn_sent_share", new("SYN_SENT in percent of ESTABLISHED and SYN_SENT", "SYN_SENT 占 ESTABLISHED 与 SYN_SENT 之和的百分比"), all => all.SynSentShare, (all, value) => all with { SynSentShare = value }),
        Percent("connect_failures_share", new("handshakes that fail in percent of those begun: notice", "失败的握手占发起数的百分比：提示"), all => all.ConnectFailuresShare, (all, value) => all with { ConnectFailuresShare = value }),
        Count("stuck_count", new("sockets stuck in FIN_WAIT1 or LAST_ACK: fewer are never reported", "卡在 FIN_WAIT1 或 LAST_ACK 的套接字：少于此数不报告"), all => all.StuckCount, (all, value) => all with { StuckCount = value }),
        Count("idle_count", new("silent connections without keepalive at one port or to one destination: fewer are never reported", "同一端口或同一目的地上无数据往来且未启用 keepalive 的连接：少于此数不报告"), all => all.IdleCount, (all, value) => all with { IdleCount = value }),
        Age("idle_age", new("how long such a connection has to be silent", "此类连接须多久没有数据往来"), all => all.IdleAge, (all, value) => all with { IdleAge = value }),
        Number("idle_growth", 1.1, 100, "2.0", new("growth of such connections within six hours, as a factor: warning", "此类连接在六小时内的增长倍数：警告"), all => all.IdleGrowth, (all, value) => all with { IdleGrowth = value }),
        Percent("retransmits_notice", new("segments sent again in percent of all: notice", "重传报文段的百分比：提示"), all => all.RetransmitsNotice, (all, value) => all with { RetransmitsNotice = value }, "3.0"),
        Percent("retransmits_warning", new("the same: warning", "重传报文段的百分比：警告"), all => all.RetransmitsWarning, (all, value) => all with { RetransmitsWarning = value }, "20.0"),
        Number("resets_factor", 1.5, 1000, "5.0", new("resets sent, as a multiple of what is usual: notice", "发出的 RST 为平时的多少倍：提示"), all => all.ResetsFactor, (all, value) => all with { ResetsFactor = value }),
    ]);

    private static Setting<double> Percent(string key, Phrase summary, Func<Thresholds, double> get, Func<Thresholds, double, Thresholds> set, string example = "60.0") => Number(key, 0.1, 100, example, summary, get, set);

    private static Setting<double> Rate(string key, Phrase summary, Func<Thresholds, double> get, Func<Thresholds, double, Thresholds> set, string example = "20.0") => Number(key, 0, 1_000_000, example, summary, get, set);

    private static Setting<double> Count(string key, Phrase summary, Func<Thresholds, double> get, Func<Thresholds, double, Thresholds> set, string example = "100.0") => Number(key, 1, 1_000_000, example, summary, get, set);

    private static Setting<double> Number(string key, double smallest, double largest, string example, Phrase summary, Func<Thresholds, double> get, Func<Thresholds, double, Thresholds> set) =>
        Set(key, new NumberType(smallest, largest), example, summary, get, set);

    private static Setting<TimeSpan> Age(string key, Phrase summary, Func<Thresholds, TimeSpan> get, Func<Thresholds, TimeSpan, Thresholds> set) =>
        Set(key, new DurationType(TimeSpan.FromSeconds(2), TimeSpan.FromHours(24)), "\"5m\"", summary, get, set);

    private static Setting<T> Set<T>(string key, SettingType<T> type, string example, Phrase summary, Func<Thresholds, T> get, Func<Thresholds, T, Thresholds> set) =>
        new(type, all => get(all.Thresholds), (all, value) => all with { Thresholds = set(all.Thresholds, value) }) { Section = Name, Key = key, Example = example, Summary = summary, AppliesAtOnce = true };
}
