using TcpLens.Bench.Zabbix;

namespace TcpLens.Bench.Contenders;

/// <summary>Who takes part, in the order of a round.</summary>
public static class AllContenders
{
    /// <summary>The contenders of a verb: the polls of Zabbix for <c>zabbix</c>, else everyone else.</summary>
    public static IReadOnlyList<Contender> Of(string verb, Workshop workshop) => verb == BenchOptions.Zabbix ? Polls.Make(workshop) : Make(workshop);

    private static IReadOnlyList<Contender> Make(Workshop workshop) =>
    [
        new TcpLensProcess(workshop),
        new TcpLensProcess(workshop, "bpf"),
        new TcpLensProcess(workshop, "netlink"),
        new NetlinkReader(workshop),
        new Ss(workshop),
        new TcpLensWatch(workshop, "tcplens-watch-bpf", "bpf"),
        new WalkReader(workshop, "c-walk", "--bound"),
        new WalkReader(workshop, "c-walk-alone"),
        new TcpLensWatch(workshop, "tcplens-watch-netlink", "netlink"),
        new TcpLensOwners(workshop),
        new TcpLensGroups(workshop, "process"),
        new TcpLensGroups(workshop, "service"),
        new Ss(workshop, Ss.WithOwners, "-tanp"),
        new ResidentNetlinkReader(workshop, "c-netlink-resident"),
        new ResidentNetlinkReader(workshop, "c-netlink-two-requests", "--modern"),
        new NodeExporter(workshop),
        new Collectd(workshop),
        new ZabbixAgent(workshop),
        new NetstatRecipe(workshop),
    ];
}
