using System.Diagnostics;
using TcpLens.Core.Model;
using TcpLens.Linux.Lab;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Lab;

/// <summary>
/// A namespace lives as long as one of its sockets, unseen by everybody. What tells that it died: one end of a veth pair lies in it, and the
/// other end, outside, goes with it.
/// </summary>
public sealed class LabLeavesNothing
{
    // The kernel clears namespaces away one after the other, and tests beside this one leave many.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_namespace_dies_with_the_lab()
    {
        Require.Root();
        using var outside = StateLab.Create();
        using (var lab = StateLab.Create())
        {
            ConnectVeth(outside, lab);
            foreach (var family in Enum.GetValues<LabFamily>())
            {
                foreach (var info in TcpStates.All)
                    lab.Hold(info.State, 20, family);
                lab.HoldOrphanFinWait2(20, family);
            }

            Assert.True(HasVeth(outside));
        }

        AssertVethGoes(outside);
    }

    [Fact]
    public void The_namespace_dies_although_a_program_took_the_link_down()
    {
        Require.Root();
        using var outside = StateLab.Create();
        using (var lab = StateLab.Create())
        {
            ConnectVeth(outside, lab);
            lab.Hold(TcpState.Established, 20);
            lab.Hold(TcpState.TimeWait, 20);
            Readings.Lines(lab, "ip", "link", "set", "lab", "down");
        }

        AssertVethGoes(outside);
    }

    [Fact]
    public void A_disposed_lab_does_nothing_more()
    {
        Require.Root();
        var lab = StateLab.Create();
        lab.Dispose();
        lab.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lab.Run(() => 0));
        Assert.Throws<ObjectDisposedException>(() => lab.Hold(TcpState.Listen, 1));
    }

    private static void ConnectVeth(StateLab outside, StateLab lab)
    {
        // .../task/<tid>/ns/net
        string threadId = lab.NamespacePath.Split('/')[^3];
        Readings.Lines(outside, "ip", "link", "add", "probe", "type", "veth", "peer", "name", "probe", "netns", threadId);
    }

    private static bool HasVeth(StateLab outside) =>
        outside.Run(() => File.ReadAllText("/proc/thread-self/net/dev")).Contains("probe", StringComparison.Ordinal);

    private static void AssertVethGoes(StateLab outside)
    {
        long start = Stopwatch.GetTimestamp();
        while (HasVeth(outside))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, "the namespace of the disposed lab is still alive");
            Thread.Sleep(20);
        }
    }
}
