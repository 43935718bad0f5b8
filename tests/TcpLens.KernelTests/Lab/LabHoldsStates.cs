using TcpLens.Core.Model;
using TcpLens.Linux.Lab;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Lab;

public sealed class LabHoldsStates
{
    public static TheoryData<TcpState, LabFamily> EveryStateAndFamily =>
        [.. from info in TcpStates.All from family in Enum.GetValues<LabFamily>() select (info.State, family)];

    [Theory]
    [MemberData(nameof(EveryStateAndFamily))]
    public void A_state_is_held_alone_and_exactly(TcpState state, LabFamily family)
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(state, 5, family);
        Assert.Equal(5, lab.Expected[state]!.Value.Total);
        Assert.Equal(state == TcpState.SynRecv ? 1 : 0, lab.OwnListeners);
        Assert.Equal(5 + lab.OwnListeners, lab.Expected.Sum.Total);
        AssertHolds(lab);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(47)]
    public void All_states_are_held_together_in_every_family(int count)
    {
        Require.Root();
        using var lab = StateLab.Create();
        foreach (var family in Enum.GetValues<LabFamily>())
        {
            foreach (var info in TcpStates.All)
                lab.Hold(info.State, count, family);
        }

        Assert.Equal(0, lab.OwnListeners);
        Assert.Equal(3 * 11 * count, lab.Expected.Sum.Total);
        AssertHolds(lab);
    }

    [Fact]
    public void Twenty_thousand_sockets_are_held_exactly()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Listen, 100);
        lab.Hold(TcpState.Established, 4000);
        lab.Hold(TcpState.Established, 1900, LabFamily.IPv6);
        lab.Hold(TcpState.CloseWait, 1000, LabFamily.V4Mapped);
        lab.Hold(TcpState.TimeWait, 5000);
        lab.Hold(TcpState.TimeWait, 2000, LabFamily.IPv6);
        lab.Hold(TcpState.SynRecv, 5000);
        lab.Hold(TcpState.LastAck, 1000, LabFamily.IPv6);
        Assert.Equal(20_000, lab.Expected.Sum.Total);
        AssertHolds(lab);
    }

    [Fact]
    public void Owned_and_orphaned_FIN_WAIT2_are_told_apart()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.FinWait2, 3);
        lab.HoldOrphanFinWait2(4);
        lab.HoldOrphanFinWait2(2, LabFamily.IPv6);
        Assert.Equal(6, lab.Expected.OrphanFinWait2);
        Assert.Equal(6, Readings.OrphanFinWait2(lab));
        Assert.Equal(9, lab.Expected[TcpState.FinWait2]!.Value.Total);
        AssertHolds(lab);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SYN_RECV_uses_a_requested_listener_whichever_was_asked_first(bool listenersFirst)
    {
        Require.Root();
        using var lab = StateLab.Create();
        if (listenersFirst)
            lab.Hold(TcpState.Listen, 3);
        lab.Hold(TcpState.SynRecv, 13);
        if (!listenersFirst)
            lab.Hold(TcpState.Listen, 3);
        Assert.Equal(0, lab.OwnListeners);
        Assert.Equal(3, lab.Expected[TcpState.Listen]!.Value.Total);
        Assert.Equal(13, lab.Expected[TcpState.SynRecv]!.Value.Total);
        AssertHolds(lab);
    }

    [Theory]
    [InlineData(LabFamily.IPv4)]
    [InlineData(LabFamily.IPv6)]
    [InlineData(LabFamily.V4Mapped)]
    public void Listeners_share_one_port_with_SO_REUSEPORT(LabFamily family)
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.HoldReusePortListeners(8, family);
        Assert.Single(Readings.Lines(lab, "ss", "-ltnH").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]).Distinct(StringComparer.Ordinal));
        lab.Hold(TcpState.SynRecv, 300, family);
        Assert.Equal(0, lab.OwnListeners);
        AssertHolds(lab);
    }

    [Fact]
    public void With_IPv6_off_IPv4_and_mapped_sockets_are_held()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.DisableIpv6();
        foreach (var info in TcpStates.All)
        {
            lab.Hold(info.State, 2);
            lab.Hold(info.State, 1, LabFamily.V4Mapped);
        }

        Assert.Throws<LabException>(() => lab.Hold(TcpState.Established, 1, LabFamily.IPv6));
        Assert.Equal("1", lab.Run(() => File.ReadAllText("/proc/sys/net/ipv6/conf/all/disable_ipv6")).Trim());
        AssertHolds(lab);
    }

    [Fact]
    public void An_empty_lab_holds_nothing()
    {
        Require.Root();
        using var lab = StateLab.Create();
        Assert.Equal(0, lab.Expected.Sum.Total);
        AssertHolds(lab);
    }

    [Fact]
    public void More_descriptors_than_allowed_are_refused_before_anything_is_held()
    {
        Require.Root();
        using var lab = StateLab.Create();
        var exception = Assert.Throws<LabException>(() => lab.Hold(TcpState.Established, 2_000_000_000));
        Assert.Contains("ulimit -n", exception.Reason.English, StringComparison.Ordinal);
        Assert.Contains("ulimit -n", exception.Reason.Chinese, StringComparison.Ordinal);
        AssertHolds(lab);
    }

    [Fact]
    public void A_lab_does_not_see_the_sockets_of_another()
    {
        Require.Root();
        using var one = StateLab.Create();
        using var other = StateLab.Create();
        one.Hold(TcpState.Established, 3);
        other.Hold(TcpState.Established, 4);
        AssertHolds(one);
        AssertHolds(other);
    }

    [Fact]
    public void The_namespace_path_leads_other_programs_into_the_lab()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Listen, 3);
        Assert.Equal(3, Readings.Lines("nsenter", "--net=" + lab.NamespacePath, "ss", "-ltnH").Length);
    }

    private static void AssertHolds(StateLab lab)
    {
        string expected = Readings.Table(lab.Expected);
        Assert.Equal(expected, Readings.BySs(lab));
        Assert.Equal(expected, Readings.ByProc(lab));
        Assert.Equal(lab.Expected[TcpState.Close]!.Value, Readings.BoundOnly(lab));
    }
}
