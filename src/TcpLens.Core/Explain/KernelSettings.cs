using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Core.Explain;

/// <summary>
/// Every sysctl that the explanations name: what a caller has to read for <see cref="HostValues"/>. Defaults are those of
/// <c>Documentation/networking/ip-sysctl.rst</c> and, for net.core.somaxconn, of <c>include/linux/socket.h</c>.
/// </summary>
public static class KernelSettings
{
    private static readonly Phrase s_byMemory = new("set from memory at boot", "开机时按内存大小确定");

    public static ImmutableArray<KernelSetting> All { get; } =
    [
        Ipv4("tcp_syn_retries", "6"),
        // Linux 6.5 and newer.
        Ipv4("tcp_syn_linear_timeouts", "4", whenAbsent: "0"),
        Ipv4("tcp_synack_retries", "5"),
        Ipv4("tcp_syncookies", "1"),
        new("net.ipv4.tcp_max_syn_backlog", s_byMemory),
        new("net.core.somaxconn", Phrase.Same("4096")),
        Ipv4("tcp_abort_on_overflow", "0"),
        Ipv4("tcp_keepalive_time", "7200"),
        Ipv4("tcp_keepalive_probes", "9"),
        Ipv4("tcp_keepalive_intvl", "75"),
        Ipv4("tcp_retries2", "15"),
        Ipv4("tcp_orphan_retries", "0"),
        new("net.ipv4.tcp_max_orphans", s_byMemory),
        Ipv4("tcp_fin_timeout", "60"),
        Ipv4("tcp_rfc1337", "0"),
        Ipv4("tcp_tw_reuse", "2"),
        new("net.ipv4.tcp_max_tw_buckets", s_byMemory),
        Ipv4("ip_local_port_range", "32768 60999"),
        // Linux 6.15 and newer; before, the same 120 s were compiled in (TCP_RTO_MAX).
        Ipv4("tcp_rto_max_ms", "120000", whenAbsent: "120000"),
    ];

    private static KernelSetting Ipv4(string key, string value, string? whenAbsent = null) => new("net.ipv4." + key, Phrase.Same(value), whenAbsent);
}
