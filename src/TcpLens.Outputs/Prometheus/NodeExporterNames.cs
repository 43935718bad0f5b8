using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;

namespace TcpLens.Outputs.Prometheus;

/// <summary>
/// The same numbers under the names of node_exporter 1.x (collectors tcpstat, sockstat and netstat), for dashboards that exist. Those names
/// are not in the style of Prometheus; that cannot be mended here.
/// </summary>
internal static class NodeExporterNames
{
    /// <summary>The counters that node_exporter tells unless it is told otherwise.</summary>
    private static readonly ImmutableArray<string> s_tcp =
        ["ActiveOpens", "CurrEstab", "InErrs", "InSegs", "OutRsts", "OutSegs", "PassiveOpens", "RetransSegs"];

    private static readonly ImmutableArray<string> s_tcpExt =
    [
        "ListenDrops", "ListenOverflows", "SyncookiesFailed", "SyncookiesRecv", "SyncookiesSent", "TCPOFOQueue", "TCPRcvQDrop", "TCPSynRetrans", "TCPTimeouts",
    ];

    public static void Append(ExpositionText text, DetailedReading own)
    {
        text.Begin("node_tcp_connection_states", "gauge", "Number of connection states.");
        foreach (var info in TcpStates.All)
            text.Sample(own.States.Counts[info.State]?.Total, ("state", info.Name));
        Sockstat(text, "TCP_inuse", own.Counters.InUseIPv4);
        Sockstat(text, "TCP_orphan", own.Counters.Orphans);
        Sockstat(text, "TCP_tw", own.Counters.TimeWaitSockets);
        Sockstat(text, "TCP_alloc", own.Counters.Allocated);
        Sockstat(text, "TCP_mem", own.Counters.MemoryPages);
        Sockstat(text, "TCP6_inuse", own.Counters.InUseIPv6);
        foreach (string name in s_tcp)
            Netstat(text, "Tcp", name, own.Counters.Tcp[name]);
        foreach (string name in s_tcpExt)
            Netstat(text, "TcpExt", name, own.Counters.TcpExt[name]);
    }

    private static void Sockstat(ExpositionText text, string name, long? value)
    {
        string group = name.Split('_')[0];
        text.Single($"node_sockstat_{name}", "gauge", $"Number of {group} sockets in state {name[(group.Length + 1)..]}.", value);
    }

    private static void Netstat(ExpositionText text, string group, string name, long? value) =>
        text.Single($"node_netstat_{group}_{name}", "untyped", $"Statistic {group}{name}.", value);
}
