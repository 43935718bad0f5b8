using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>What the page says of a resident monitor.</summary>
/// <param name="Id">Short name in the raw data.</param>
/// <param name="Name">Name in the tables.</param>
/// <param name="Does">How it runs, and what is wanted of it.</param>
public sealed record ResidentText(string Id, Phrase Name, Phrase Does)
{
    /// <summary>Whose reading is the unit of the others.</summary>
    public const string Unit = "tcplens-second";

    /// <summary>In the order of the tables.</summary>
    public static IReadOnlyList<ResidentText> All { get; } =
    [
        new("tcplens", new("**TcpLens**, 1 % budget", "**TcpLens**，1 % 预算"), new(
            "`tcplens serve --no-web`: reads every second, or as seldom as its budget of 1 % of one core demands; keeps its history",
            "`tcplens serve --no-web`：每秒读取一次，或按单核 1 % 的 CPU 预算降低频率；保存历史")),
        new("tcplens-web", new("**TcpLens**, 1 % budget, with web", "**TcpLens**，1 % 预算，启用 Web"), new(
            "the same with web: the stream of one open dashboard, one scrape of `/metrics` per second",
            "同上，并启用 Web：一个打开的仪表板（事件流），每秒抓取一次 `/metrics`")),
        new(Unit, new("**TcpLens**, every second", "**TcpLens**，每秒读取"), new("`tcplens serve --no-web --cpu-budget 100`", "`tcplens serve --no-web --cpu-budget 100`")),
        new("tcplens-second-web", new("**TcpLens**, every second, with web", "**TcpLens**，每秒读取，启用 Web"), new(
            "`--cpu-budget 100`, and dashboard and scraper as above", "`--cpu-budget 100`，仪表板和抓取同上")),
        new("node-exporter", Phrase.Same("node_exporter"), new(
            "`tcpstat` collector alone; one scrape per second (15 s is usual: its cost per reading counts)",
            "只启用 `tcpstat` 采集器；每秒抓取一次（通常为 15 秒一次：请看每次读取的开销）")),
        new("zabbix-agent2", Phrase.Same("zabbix_agent2"), new(
            "eleven keys `net.tcp.socket.count[,,,,STATE]` per second, or one round after the other where they need longer (a minute is usual: their cost per reading counts)",
            "每秒依次取十一个键 `net.tcp.socket.count[,,,,STATE]`；耗时超过一秒时一轮接一轮地取（通常为一分钟一次：请看每次读取的开销）")),
        new("collectd", Phrase.Same("collectd"), new("`tcpconns` with `AllPortsSummary`, `Interval 1`, CSV files", "`tcpconns`（`AllPortsSummary`），`Interval 1`，写入 CSV 文件")),
        new("netdata", Phrase.Same("netdata"), new(
            "its usual second and its usual database; of its collectors only `proc`, and of this `/proc/net/sockstat`, `netstat`, `snmp`. These are sums that the kernel keeps: it walks no sockets and does not count by state",
            "默认的每秒采集和默认数据库；采集器只启用 `proc`，且只读 `/proc/net/sockstat`、`netstat` 和 `snmp`。这些是内核维护的汇总值：它不遍历套接字，也不按状态计数")),
    ];
}
