using System.Collections.Immutable;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>The graphs. A state has the same colour here as everywhere else.</summary>
public static class TemplateGraphs
{
    private const string Amber = "E69F00";
    private const string Brown = "B86B00";
    private const string Green = "009E73";
    private const string Sky = "56B4E9";
    private const string Blue = "005CA8";
    private const string Red = "D53E2B";
    private const string Pink = "CC79A7";
    private const string Grey = "7A8699";

    // What is there for a moment in a healthy connection; many of them at a time are news.
    private static readonly TcpState[] s_transient = [TcpState.SynSent, TcpState.SynRecv, TcpState.FinWait1, TcpState.FinWait2, TcpState.Closing, TcpState.LastAck];

    /// <summary>The graphs of the host.</summary>
    public static ImmutableArray<TemplateGraph> Host { get; } =
    [
        new("states", new("TCP: all eleven states", "TCP：全部十一种状态"), Lines([.. TcpStates.All.Select(info => info.State)])),
        new("long_lived", new("TCP: long-lived states", "TCP：长期状态"), Lines([.. TcpStates.All.Select(info => info.State).Except(s_transient)])),
        new("transient", new("TCP: transient states", "TCP：短暂状态"), Lines(s_transient)),
        new("limits", new("TCP: how much of the limits is used", "TCP：各项上限的使用率"),
            [("used.accept_queue", Red), ("used.half_open", Amber), ("used.time_wait", Blue), ("used.ephemeral", Sky), ("used.orphans", Pink), ("used.memory", Grey)]),
        new("turnover", new("TCP: connections per second", "TCP：每秒连接数"),
            [("counter.ActiveOpens", Sky), ("counter.PassiveOpens", Green), ("counter.AttemptFails", Amber), ("counter.EstabResets", Red), ("counter.TW", Blue)]),
        new("drops", new("TCP: drops at listeners per second", "TCP：监听端每秒丢弃"),
            [("counter.ListenOverflows", Red), ("counter.ListenDrops", Pink), ("counter.TCPReqQFullDrop", Brown), ("counter.TCPReqQFullDoCookies", Amber), ("counter.SyncookiesRecv", Green)]),
        new("trouble", new("TCP: retransmissions and aborts per second", "TCP：每秒重传与中止"),
            [("counter.RetransSegs", Amber), ("counter.TCPSynRetrans", Brown), ("counter.OutRsts", Red), ("counter.TCPAbortOnTimeout", Blue), ("counter.TCPAbortOnClose", Pink), ("counter.TCPAbortOnMemory", Grey)]),
    ];

    /// <summary>The graphs of every discovered listening port.</summary>
    public static ImmutableArray<TemplateGraph> Port { get; } =
    [
        new("port.states", new("Port {#PORT}: states", "端口 {#PORT}：状态"),
            [.. MetricCatalog.PortStates.Select(state => ($"port.{state.Info().Name}", Colour(state)))]),
        new("port.queues", new("Port {#PORT}: queues in per cent of their limits", "端口 {#PORT}：队列使用率"), [("port.accept_used", Red), ("port.half_open_used", Amber)]),
    ];

    private static IReadOnlyList<(string Metric, string Colour)> Lines(TcpState[] states) =>
        [.. states.Select(state => (MetricCatalog.IdOf(state), Colour(state)))];

    private static string Colour(TcpState state) => state.Info().Colour.ToString()[1..].ToUpperInvariant();
}
