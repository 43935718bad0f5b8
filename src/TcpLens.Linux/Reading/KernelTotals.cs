using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Counters;

namespace TcpLens.Linux.Reading;

/// <summary>
/// The kernel's own totals just before or just after a pass. A dump can lose or double sockets without saying so: the kernel sets
/// NLM_F_DUMP_INTR for none of it. A count that lies outside the totals, and is not explained by the connections that came and went
/// meanwhile, is the signal that it happened.
/// </summary>
internal readonly record struct KernelTotals(bool Known, long Full, long Mini, long Opened)
{
    /// <summary>Reads the totals; not <see cref="Known"/> where the kernel does not tell them (then nothing can be held against them).</summary>
    public static KernelTotals Read(string netDirectory) =>
        SocketTotals.TryRead(netDirectory, out var totals) && OpenedConnections.TryRead(netDirectory, out long opened)
            ? new KernelTotals(true, totals.InUseIPv4 + totals.InUseIPv6, totals.TimeWait, opened)
            : default;

    /// <summary>The pass, marked as interrupted when what <paramref name="census"/> has counted cannot be the truth.</summary>
    public static Pass Hold(Pass pass, Census census, KernelTotals before, KernelTotals after, bool isSteady = true)
    {
        if (pass.Completeness != Completeness.Complete || !before.Known || !after.Known)
            return pass;
        if (!isSteady && before != after)
        {
            return pass with
            {
                Completeness = Completeness.Interrupted,
                Reason = new Phrase(
                    "connections came and went during the reading; /proc may then tell a socket twice or not at all",
                    "读取期间有连接建立或关闭，此时 /proc 可能重复或遗漏套接字"),
            };
        }

        long came = Math.Max(0, after.Opened - before.Opened);
        if (Explains(census.FullSockets, before.Full, after.Full, came) && Explains(census.MiniSockets, before.Mini, after.Mini, came))
            return pass;
        return pass with
        {
            Completeness = Completeness.Interrupted,
            Reason = new Phrase(
                "the table changed during the reading: the kernel's own totals are {0} sockets and {1} in TIME_WAIT, {2} and {3} were seen",
                "读取期间套接字表发生了变化：内核统计为 {0} 个套接字、{1} 个 TIME_WAIT，实际读到 {2} 和 {3} 个").With(
                after.Full, after.Mini, census.FullSockets, census.MiniSockets),
        };
    }

    // What was there all the time has to be seen; each connection that came, and each that went, may have been seen or not.
    private static bool Explains(long seen, long before, long after, long came)
    {
        long went = Math.Max(0, came - (after - before));
        return seen >= Math.Min(before, after) - came - went && seen <= Math.Max(before, after) + came + went;
    }
}
