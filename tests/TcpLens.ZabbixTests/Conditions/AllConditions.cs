using System.Collections.Immutable;
using TcpLens.Core.Model;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>A condition for every trigger of the template, or the reason why there can be none.</summary>
internal static class AllConditions
{
    /// <summary>Triggers whose condition is not made in a namespace like all others, with the reason.</summary>
    public static ImmutableSortedDictionary<string, string> Exceptions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["orphans.warn"] = "tcp_max_orphans is one limit for the whole machine, of tens of thousands of sockets",
        ["orphans.high"] = "tcp_max_orphans is one limit for the whole machine, of tens of thousands of sockets",
        ["collector.monitor_gone"] = "LostMonitors has a monitor that ends",
        ["memory.high"] = "tcp_mem is one limit for the whole machine, of gigabytes",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static ImmutableArray<Condition> All { get; } =
    [
        .. Ports(), .. Listening(), .. Closing(), .. Outgoing(), .. Established(), .. Collector(),
    ];

    private static IEnumerable<Condition> Ports() =>
    [
        new()
        {
            Trigger = "port.half_open",
            Prepare = place => place.Listen(backlog: 16),
            // Three quarters of the backlog, by the same clients again and again.
            Begin = place => place.Flood(syns: 12, clients: 12, pause: TimeSpan.FromMilliseconds(500)),
            End = place =>
            {
                place.StopFlood();
                // The kernel gives them up when it next looks at each.
                place.Set("ipv4/tcp_synack_retries", "0");
            },
        },
        new()
        {
            Trigger = "port.accept_queue",
            Prepare = place => place.Listen(backlog: 10),
            Begin = place => place.Call(7),
            End = place => place.Accept(),
        },
        new()
        {
            Trigger = "port.accept_queue_full",
            Prepare = place => place.Listen(backlog: 10),
            Begin = place => place.Call(11),
            End = place => place.Accept(),
        },
        new()
        {
            Trigger = "port.gone",
            Prepare = place => place.Listen(backlog: 10),
            Begin = place => place.StopListening(),
            End = place => place.Listen(backlog: 10),
        },
    ];

    private static IEnumerable<Condition> Listening() =>
    [
        new()
        {
            Trigger = "half_open.drops",
            AlsoOpens = ["port.half_open"],
            Prepare = place =>
            {
                place.Set("ipv4/tcp_syncookies", "0");
                place.Listen(backlog: 16);
            },
            Begin = place => place.Flood(syns: 20, clients: 5000, pause: TimeSpan.FromMilliseconds(200)),
            End = place => place.StopFlood(),
        },
        new()
        {
            Trigger = "half_open.cookies",
            Prepare = place =>
            {
                place.Set("ipv4/tcp_syncookies", "1");
                place.Listen(backlog: 16);
            },
            Begin = place => place.Flood(syns: 20, clients: 5000, pause: TimeSpan.FromMilliseconds(200)),
            End = place => place.StopFlood(),
        },
        new()
        {
            Trigger = "accept.overflows",
            AlsoOpens = ["port.accept_queue", "port.accept_queue_full"],
            Prepare = place => place.Listen(backlog: 10),
            Begin = place =>
            {
                place.Call(11);
                place.Flood(syns: 1, clients: 1, pause: TimeSpan.FromSeconds(3));
            },
            End = place => place.Accept(),
        },
        new()
        {
            Trigger = "accept.overflows_high",
            AlsoOpens = ["port.accept_queue", "port.accept_queue_full"],
            Prepare = place => place.Listen(backlog: 10),
            Begin = place =>
            {
                place.Call(11);
                place.Flood(syns: 10, clients: 10, pause: TimeSpan.FromMilliseconds(200));
            },
            End = place => place.Accept(),
        },
    ];

    private static IEnumerable<Condition> Closing() =>
    [
        new()
        {
            Trigger = "close_wait.stays",
            // So few that no reading in the midst of their coming makes them look like growth.
            Begin = place => place.Hold(TcpState.CloseWait, 13),
        },
        new()
        {
            Trigger = "close_wait.grows",
            // Growth that is over is no growth: the window outlasts the condition.
            Windows = new Dictionary<string, string>(StringComparer.Ordinal) { ["CLOSE_WAIT.PERIOD"] = "2m" },
            // Fewer than a fifth of the connections: nothing to report until more come.
            Prepare = place =>
            {
                place.Hold(TcpState.CloseWait, 10);
                place.Hold(TcpState.Established, 45);
            },
            Begin = place => place.Hold(TcpState.CloseWait, 40),
        },
        new()
        {
            Trigger = "time_wait.near_limit",
            Prepare = place => place.Set("ipv4/tcp_max_tw_buckets", "1000"),
            Begin = place => place.Hold(TcpState.TimeWait, 850),
        },
        new()
        {
            Trigger = "time_wait.skipped",
            Prepare = place => place.Set("ipv4/tcp_max_tw_buckets", "1000"),
            Begin = place => place.Hold(TcpState.TimeWait, 1050),
        },
        new()
        {
            Trigger = "fin_wait2.owned",
            Begin = place => place.Hold(TcpState.FinWait2, 15),
        },
    ];

    private static IEnumerable<Condition> Outgoing() =>
    [
        new()
        {
            Trigger = "ephemeral.warn",
            Prepare = place => place.Set("ipv4/ip_local_port_range", "32768 32807"),
            Begin = place => place.Hold(TcpState.Established, 34),
        },
        new()
        {
            Trigger = "ephemeral.high",
            Prepare = place => place.Set("ipv4/ip_local_port_range", "32768 32807"),
            Begin = place => place.Hold(TcpState.Established, 38),
        },
        new()
        {
            Trigger = "syn_sent.stays",
            Begin = place => place.Hold(TcpState.SynSent, 10),
        },
    ];

    private static IEnumerable<Condition> Established() =>
    [
        new()
        {
            Trigger = "established.above",
            ValuesBefore = 25,
            // So many that the usual average needs a while to follow.
            Begin = place => place.Hold(TcpState.Established, 1000),
            // The longer it takes to see one, the more of it is in the average of this short life: what was usual then looks like too few, or too many.
            AlsoOpens = ["established.below"],
        },
        new()
        {
            Trigger = "established.below",
            ValuesBefore = 25,
            Prepare = place => place.Converse(100),
            Begin = place => place.StopConversing(),
            End = place => place.Converse(100),
            AlsoOpens = ["established.above"],
        },
    ];

    private static IEnumerable<Condition> Collector() =>
    [
        new()
        {
            Trigger = "collector.nodata",
            Begin = place => place.Command("ip", "link", "set", "lab-server", "down"),
            End = place => place.Command("ip", "link", "set", "lab-server", "up"),
        },
        new()
        {
            Trigger = "collector.incomplete",
            WithoutNetlink = true,
            Prepare = place => place.Listen(backlog: 10),
            Begin = place => place.Churn(),
            End = place => place.StopChurn(),
        },
        new()
        {
            Trigger = "collector.slow",
            IsHeavy = true,
            WithoutNetlink = true,
            Begin = place => place.SlowDown(TimeSpan.FromSeconds(1.3)),
        },
    ];
}
