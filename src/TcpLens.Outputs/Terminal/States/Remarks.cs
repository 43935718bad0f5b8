using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.States;

/// <summary>What a reader of the numbers has to know beside them; nothing when there is nothing.</summary>
public static class Remarks
{
    public static IEnumerable<Phrase> Of(HostReading host)
    {
        foreach (var one in host.Namespaces)
        {
            if (one.Failure is { } failure && host.Namespaces.Length == 1)
                yield return new Phrase("{0} could not be read: ", "无法读取 {0}：").With(one.Name).Then(failure);
        }

        if (host.Whole is not { } whole)
            yield break;
        if (whole.CompletenessReason is { } incomplete)
            yield return incomplete;
        if (whole.SourceReason is { } fallback)
            yield return Fallback(whole.Source).Then(fallback);
        foreach (var remark in OfCounts(whole.Counts))
            yield return remark;
    }

    private static IEnumerable<Phrase> OfCounts(StateCounts counts)
    {
        if (counts.CloseUnseen is { } unseen)
            yield return new Phrase("CLOSE is not counted: ", "CLOSE 未计入：").Then(unseen);
        if (counts[TcpState.FinWait2] is { Total: > 0 } finWait2)
        {
            yield return new Phrase(
                "FIN_WAIT2: {0} held by a program (no time limit), {1} orphaned (the kernel ends them, see tcp_fin_timeout)",
                "FIN_WAIT2：{0} 个仍被程序持有（无时限），{1} 个已成孤儿（内核按 tcp_fin_timeout 清除）").With(
                Number(finWait2.Total - counts.OrphanFinWait2), Number(counts.OrphanFinWait2));
        }

        if (counts[TcpState.CloseWait] is { Total: > 0 } closeWait)
        {
            yield return new Phrase(
                "CLOSE_WAIT: {0} wait for a program on this host to close them; if the number only grows, it leaks",
                "CLOSE_WAIT：{0} 个在等本机程序关闭；若只增不减，就是程序泄漏").With(Number(closeWait.Total));
        }

        if (counts.Sum.V4Mapped is var mapped and > 0)
            yield return new Phrase("of the IPv6 sockets {0} carry IPv4 (v4-mapped)", "IPv6 套接字中有 {0} 个承载 IPv4（v4-mapped）").With(Number(mapped));
    }

    private static Phrase Fallback(string source) => source == "netlink"
        ? new Phrase("read by netlink, which is slower than eBPF, because ", "改用 netlink（比 eBPF 慢）读取，原因：")
        : new Phrase("read from /proc, because ", "改读 /proc，原因：");

    private static string Number(long number) => number.ToString("N0");
}
