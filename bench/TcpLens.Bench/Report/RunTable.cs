using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>When, where and with what was measured: the table above all others.</summary>
internal static class RunTable
{
    public static void Write(MarkdownPage page, RunFacts run)
    {
        page.Row(new("", ""), new("", ""));
        page.Line("|---|---|");
        page.Row(new("Date", "日期"), Phrase.Same($"{run.Date:yyyy-MM-dd HH:mm} UTC"));
        page.Row(new("Machine", "机器"), new Phrase("{0} ({1}), {2} cores, {3} GiB", "{0}（{1}），{2} 核，{3} GiB").With(run.Processor, run.HostKind, run.Cores, (run.MemoryMebibytes + 512) / 1024));
        page.Row(new("System", "系统"), Phrase.Same($"{run.System}, Linux {run.Kernel}"));
        page.Row(new("Socket hash", "套接字哈希表"), new Phrase("{0} buckets", "{0} 个桶").With($"{run.HashBuckets:N0}"));
        page.Row(new("Load", "负载"), run.Mix == "mixed"
            ? new("mostly ESTABLISHED, all eleven states present, half IPv6", "以 ESTABLISHED 为主，十一种状态齐全，一半为 IPv6")
            : new("ESTABLISHED only, half IPv6", "只有 ESTABLISHED，一半为 IPv6"));
        page.Row(new("Rounds", "轮数"), new Phrase("{0}, contenders interleaved; fewer for slow ones, as told", "{0} 轮，各工具交替运行；慢的工具轮数较少，见表").With(run.Rounds));
        if (run.IsTrial == true)
            page.Row(new("**Trial**", "**试运行**"), new("few rounds, on a machine that had other work: shows that it works; the figures are rough", "轮数少，且机器上有其他任务：只证明测试可行，数字仅供粗略参考"));
        page.Row(new("Load average at the start", "开始时的平均负载"), Phrase.Same(run.LoadAverage));
        page.Row(new("Source", "源码版本"), Phrase.Same($"`{run.Commit}`"));
    }
}
