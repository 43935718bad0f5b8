using TcpLens.Bench.Contenders;
using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>A promise about one figure, held against the measurement.</summary>
/// <param name="Size">Sockets of the load.</param>
/// <param name="Claim">The promise in words.</param>
/// <param name="Limit">The figure must not be above this.</param>
/// <param name="Figure">Takes the figure from the measurements; null when one of them is missing.</param>
/// <param name="Why">What stands in its way where it is missed, as far as it is known.</param>
public sealed record Target(int Size, Phrase Claim, double Limit, Func<SizeFigures, double?> Figure, Phrase? Why = null)
{
    private static readonly Phrase s_bound = new(
        "bound sockets (CLOSE): each reading asks netlink for them, which looks at every socket with a local port; that takes longer than the walk",
        "已绑定的套接字（CLOSE）：每次读取都要另向 netlink 查询，内核会查看每个占用本地端口的套接字，耗时超过遍历本身");

    private static readonly Phrase s_checked = new(
        "each message is checked before it is believed, some 70 ns per socket; the C reader believes all of them",
        "每条消息都先校验再采信，每个套接字约 70 纳秒；C 读取程序不作校验");

    private static readonly Phrase s_types = new(
        "one program that links everything: its own memory is that of the runtime and the embedded parts",
        "所有功能链接在一个程序中，内存主要由运行时和内嵌部分占用");

    /// <summary>The targets that this comparison can judge, the C reader's own one first: a slow reader would be a straw man.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new(100_000, new("C reader process / `ss`", "C 读取程序 / `ss`"), 0.4, Ratio("c-netlink", "ss")),
        .. Walk(1000, 1.3),
        .. Walk(100_000, 1.25),
        new(100_000, new("reading by eBPF / `ss` process", "eBPF 读取 / `ss` 进程"), 1.0 / 15, Ratio(ContenderText.Walked, "ss"), s_bound),
        new(100_000, new("reading by eBPF / node_exporter scrape", "eBPF 读取 / node_exporter 抓取"), 1.0 / 15, Ratio(ContenderText.Walked, "node-exporter"), s_bound),
        new(100_000, new("reading by eBPF / collectd's processor time", "eBPF 读取 / collectd 的 CPU 时间"), 1.0 / 5, Ratio(ContenderText.Walked, "collectd"), s_bound),
        new(100_000, new("reading by eBPF / eleven zabbix_agentd items", "eBPF 读取 / zabbix_agentd 十一个监控项"), 1.0 / 180, Ratio(ContenderText.Walked, "zabbix-agentd"), s_bound),
        new(100_000, new("reading by eBPF / netstat recipe", "eBPF 读取 / netstat 配方"), 1.0 / 1200, Ratio(ContenderText.Walked, "netstat-recipe"), s_bound),
        .. Large(500_000),
        .. Large(1_000_000),
        new(100_000, new("reading by netlink / C reader, warm", "netlink 读取 / C 读取程序（预热后）"), 1.05, Ratio(ContenderText.Dumped, "c-netlink-resident"), s_checked),
        new(1000, new("process / `ss`", "进程 / `ss`"), 1.5, Ratio("tcplens", "ss")),
        new(10_000, new("process / `ss`", "进程 / `ss`"), 1.0, Ratio("tcplens", "ss")),
        new(100_000, new("process by eBPF / `ss`", "进程（eBPF）/ `ss`"), 1.0 / 6, Ratio("tcplens-bpf", "ss"), new("of the process, most is the loading of the programs: the verifier's time and the search in the kernel's types", "进程的大部分时间用于加载内核程序：校验器检查，以及在内核类型信息中查找")),
        new(100_000, new("counting by process / `ss -tanp`", "按进程统计 / `ss -tanp`"), 1.0 / 45, Ratio("tcplens-by-process", Ss.WithOwners)),
        new(100_000, new("counting by service / counting by eBPF", "按服务统计 / 只计数（eBPF）"), 2.2, Ratio("tcplens-by-service", "tcplens-bpf")),
        new(100_000, new("process by netlink / `ss`", "进程（netlink）/ `ss`"), 0.5, Ratio("tcplens-netlink", "ss")),
        new(1000, new("process, peak memory in MiB", "进程的内存峰值（MiB）"), 12, figures => figures.Of("tcplens")?.RssMebibytes, s_types),
    ];

    private static IEnumerable<Target> Walk(int size, double limit) =>
    [
        new(size, new("reading by eBPF / C walk without CLOSE", "eBPF 读取 / C 遍历程序（不含 CLOSE）"), limit, Ratio(ContenderText.Walked, "c-walk-alone"), s_bound),
        new(size, new("reading by eBPF / C walk that answers the same", "eBPF 读取 / 结果相同的 C 遍历程序"), limit, Ratio(ContenderText.Walked, "c-walk")),
    ];

    private static IEnumerable<Target> Large(int size) =>
    [
        new(size, new("reading by eBPF, ns per socket", "eBPF 读取，每个套接字的纳秒数"), 200, figures => figures.Of(ContenderText.Walked)?.Cost * 1e6 / figures.Size, s_bound),
        new(size, new("reading by eBPF / `ss` process", "eBPF 读取 / `ss` 进程"), 1.0 / 14, Ratio(ContenderText.Walked, "ss"), s_bound),
    ];

    private static Func<SizeFigures, double?> Ratio(string contender, string other) =>
        figures => figures.Of(contender)?.Cost / figures.Of(other)?.Cost;
}
