using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>A promise about one figure, held against the measurement.</summary>
/// <param name="Size">Sockets of the load.</param>
/// <param name="Claim">The promise in words.</param>
/// <param name="Limit">The figure must not be above this.</param>
/// <param name="Figure">Takes the figure from the measurements; null when one of them is missing.</param>
public sealed record Target(int Size, Phrase Claim, double Limit, Func<SizeFigures, double?> Figure)
{
    /// <summary>The targets that this comparison can judge, the C reader's own one first: a slow reader would be a straw man.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new(100_000, new("C reader process / `ss`", "C 读取程序 / `ss`"), 0.4, Ratio("c-netlink", "ss")),
        new(1000, new("TcpLens process / `ss`", "TcpLens 进程 / `ss`"), 1.5, Ratio("tcplens", "ss")),
        new(10_000, new("TcpLens process / `ss`", "TcpLens 进程 / `ss`"), 1.0, Ratio("tcplens", "ss")),
        new(100_000, new("TcpLens process / `ss` (netlink)", "TcpLens 进程 / `ss`（netlink）"), 0.5, Ratio("tcplens", "ss")),
        new(100_000, new("TcpLens reading / C reader (netlink)", "TcpLens 读取 / C 读取程序（netlink）"), 1.05, Ratio(ContenderText.TcpLensReading, ContenderText.ReaderReading)),
        new(100_000, new("TcpLens reading / `ss` process (needs the eBPF walk)", "TcpLens 读取 / `ss` 进程（需要 eBPF 遍历）"), 1.0 / 15, Ratio(ContenderText.TcpLensReading, "ss")),
        new(100_000, new("TcpLens reading / node_exporter scrape (needs the eBPF walk)", "TcpLens 读取 / node_exporter 抓取（需要 eBPF 遍历）"), 1.0 / 15, Ratio(ContenderText.TcpLensReading, "node-exporter")),
        new(100_000, new("TcpLens reading / collectd's processor time (needs the eBPF walk)", "TcpLens 读取 / collectd 的 CPU 时间（需要 eBPF 遍历）"), 1.0 / 5, Ratio(ContenderText.TcpLensReading, "collectd")),
        new(100_000, new("TcpLens reading / eleven zabbix_agentd items (needs the eBPF walk)", "TcpLens 读取 / zabbix_agentd 十一个监控项（需要 eBPF 遍历）"), 1.0 / 180, Ratio(ContenderText.TcpLensReading, "zabbix-agentd")),
        new(100_000, new("TcpLens reading / netstat recipe (needs the eBPF walk)", "TcpLens 读取 / netstat 配方（需要 eBPF 遍历）"), 1.0 / 1200, Ratio(ContenderText.TcpLensReading, "netstat-recipe")),
        new(1000, new("TcpLens process, peak memory in MiB", "TcpLens 进程的内存峰值（MiB）"), 12, figures => figures.Of("tcplens")?.RssMebibytes),
    ];

    private static Func<SizeFigures, double?> Ratio(string contender, string other) =>
        figures => figures.Of(contender)?.Cost / figures.Of(other)?.Cost;
}
