using TcpLens.Bench.Contenders;

namespace TcpLens.Bench.Residents;

/// <summary>The resident monitors that take part, in the order of a round.</summary>
public static class AllMonitors
{
    public static IReadOnlyList<ResidentMonitor> Make(Workshop workshop) =>
    [
        new TcpLensMonitor(workshop, isEverySecond: false, hasWeb: false),
        new TcpLensMonitor(workshop, isEverySecond: false, hasWeb: true),
        new TcpLensMonitor(workshop, isEverySecond: true, hasWeb: false),
        new TcpLensMonitor(workshop, isEverySecond: true, hasWeb: true),
        new AskedMonitor(new NodeExporter(workshop)),
        new AskedMonitor(new ZabbixAgent(workshop, isSecond: true)),
        new CollectdMonitor(workshop),
        new NetdataMonitor(workshop),
    ];
}
