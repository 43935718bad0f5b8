using TcpLens.Bench.Contenders;
using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>What the page says of a contender: its name, its position, what exactly is timed.</summary>
/// <param name="Id">Short name in the raw data.</param>
/// <param name="Position">With whom it is compared.</param>
/// <param name="Name">Name in the table.</param>
/// <param name="Timed">What is started or asked, and what the clock sees.</param>
/// <param name="ReadingOf">The process contender whose own word on its kernel reading is this row.</param>
public sealed record ContenderText(string Id, Position Position, Phrase Name, Phrase Timed, string? ReadingOf = null)
{
    public const string TcpLensReading = "tcplens-reading";
    public const string ReaderReading = "c-netlink-reading";

    /// <summary>A warm reading of TcpLens by eBPF.</summary>
    public const string Walked = "tcplens-watch-bpf";

    /// <summary>A warm reading of TcpLens by netlink.</summary>
    public const string Dumped = "tcplens-watch-netlink";

    /// <summary>The contender in the raw data from which the row is taken.</summary>
    public string Source => ReadingOf ?? Id;

    /// <summary>In the order of the tables.</summary>
    public static IReadOnlyList<ContenderText> All { get; } =
    [
        new("tcplens", Position.Process, Phrase.Same("**TcpLens**"), new("`tcplens states --json`", "`tcplens states --json`")),
        new("tcplens-bpf", Position.Process, new("TcpLens, eBPF", "TcpLens（eBPF）"), new("`tcplens states --json --source bpf`: loads the programs, whatever it costs", "`tcplens states --json --source bpf`：始终加载内核程序")),
        new("tcplens-netlink", Position.Process, new("TcpLens, netlink", "TcpLens（netlink）"), new("`tcplens states --json --source netlink`", "`tcplens states --json --source netlink`")),
        new("c-netlink", Position.Process, new("C reader", "C 读取程序"), new("minimal C program, one netlink request, `gcc -O2`", "最小的 C 程序，一次 netlink 请求，`gcc -O2`")),
        new("ss", Position.Process, Phrase.Same("ss"), new("`ss -tan`, output to a file", "`ss -tan`，输出写入文件")),
        new("tcplens-owners", Position.Process, new("**TcpLens**, with owners", "**TcpLens**（含所有者）"), new("`tcplens list --owners --json` as root, output to a file", "以 root 运行 `tcplens list --owners --json`，输出写入文件")),
        new("tcplens-by-process", Position.Process, new("**TcpLens**, by process", "**TcpLens**（按进程）"), new("`tcplens by process --json` as root", "以 root 运行 `tcplens by process --json`")),
        new("tcplens-by-service", Position.Process, new("**TcpLens**, by service", "**TcpLens**（按服务）"), new("`tcplens by service --json` as root", "以 root 运行 `tcplens by service --json`")),
        new(Ss.WithOwners, Position.Process, new("ss, with owners", "ss（含所有者）"), new("`ss -tanp` as root, output to a file", "以 root 运行 `ss -tanp`，输出写入文件")),
        new("netstat-recipe", Position.Process, Phrase.Same("netstat ×11"), new("the eleven keys `netstat -ntup \\| grep STATE -c`, one after the other, as root", "十一个键依次执行 `netstat -ntup \\| grep STATE -c`，以 root 运行")),
        new(TcpLensReading, Position.Resident, Phrase.Same("**TcpLens**"), new("`duration_ms`: the only reading of a fresh process, as it says itself", "`duration_ms`：新进程中唯一一次读取，由程序自己报告"), "tcplens"),
        new(ReaderReading, Position.Resident, new("C reader", "C 读取程序"), new("the only reading of a fresh process, as it says itself", "新进程中唯一一次读取，由程序自己报告"), "c-netlink"),
        new(Walked, Position.Resident, new("**TcpLens, eBPF, warm**", "**TcpLens（eBPF，预热后）**"), new("fourth reading of `tcplens watch --json --source bpf`, as it says itself", "`tcplens watch --json --source bpf` 的第四次读取，由程序自己报告")),
        new("c-walk", Position.Resident, new("C walk, warm", "C 遍历程序（预热后）"), new("minimal program in the kernel with a C reader and libbpf, fourth reading; bound sockets by netlink", "最小的内核程序加 C 读取程序（libbpf）的第四次读取；已绑定的套接字由 netlink 读取")),
        new("c-walk-alone", Position.Resident, new("C walk, warm, without CLOSE", "C 遍历程序（预热后，不含 CLOSE）"), new("the same without the question for bound sockets", "同上，但不查询已绑定的套接字")),
        new(Dumped, Position.Resident, new("TcpLens, netlink, warm", "TcpLens（netlink，预热后）"), new("fourth reading of `tcplens watch --json --source netlink`, as it says itself", "`tcplens watch --json --source netlink` 的第四次读取，由程序自己报告")),
        new("c-netlink-resident", Position.Resident, new("C reader, warm", "C 读取程序（预热后）"), new("fourth reading of a process, one request for both families", "同一进程的第四次读取，一次请求读取两个地址族")),
        new("c-netlink-two-requests", Position.Resident, new("C reader, warm, 2 requests", "C 读取程序（预热后，两次请求）"), new("fourth reading of a process, one request per family", "同一进程的第四次读取，每个地址族一次请求")),
        new("node-exporter", Position.Resident, Phrase.Same("node_exporter"), new("one scrape, `tcpstat` collector alone", "抓取一次，只启用 `tcpstat` 采集器")),
        new("collectd", Position.Resident, Phrase.Same("collectd"), new("one interval of `tcpconns` with `AllPortsSummary`; processor time only", "`tcpconns`（`AllPortsSummary`）的一个周期；只能测 CPU 时间")),
        new("zabbix-agentd", Position.Resident, Phrase.Same("zabbix_agentd ×11"), new("eleven items `net.tcp.socket.count[,,,,STATE]`, one after the other", "依次取十一个监控项 `net.tcp.socket.count[,,,,STATE]`")),
    ];
}
