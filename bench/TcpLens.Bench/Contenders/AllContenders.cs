namespace TcpLens.Bench.Contenders;

/// <summary>Who takes part, in the order of a round.</summary>
public static class AllContenders
{
    public static IReadOnlyList<Contender> Make(Workshop workshop) =>
    [
        new TcpLensProcess(workshop),
        new NetlinkReader(workshop),
        new Ss(workshop),
        new ResidentNetlinkReader(workshop, "c-netlink-resident"),
        new ResidentNetlinkReader(workshop, "c-netlink-two-requests", "--modern"),
        new NodeExporter(workshop),
        new Collectd(workshop),
        new ZabbixAgent(workshop),
        new NetstatRecipe(workshop),
    ];
}
