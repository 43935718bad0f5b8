using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.KernelTests.Lab;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Reading;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Sources;

/// <summary>Every source against sockets that the lab really holds, and against <c>ss</c>.</summary>
public sealed class SourcesAgree
{
    public static TheoryData<SourceChoice, int> SourcesAndCounts =>
        [.. from source in new[] { SourceChoice.Bpf, SourceChoice.Netlink, SourceChoice.Proc } from count in new[] { 0, 1, 13, 120 } select (source, count)];

    [Theory]
    [MemberData(nameof(SourcesAndCounts))]
    public void Every_state_in_every_family_is_exact(SourceChoice source, int count)
    {
        Require.Root();
        Require.Kernel(6, 8, "older kernels do not tell bound sockets");
        using var lab = StateLab.Create();
        foreach (var family in Enum.GetValues<LabFamily>())
        {
            foreach (var info in TcpStates.All)
                lab.Hold(info.State, count, family);
            lab.HoldOrphanFinWait2(count, family);
        }

        var reading = Read(lab, source);
        Assert.Equal(Completeness.Complete, reading.Completeness);
        bool seesClose = source != SourceChoice.Proc;
        Assert.Equal(seesClose, reading.Counts[TcpState.Close] is not null);
        Assert.Equal(Readings.Table(lab.Expected, seesClose), Readings.Table(reading.Counts, seesClose));
        Assert.Equal(Readings.BySs(lab), Readings.Table(reading.Counts));
        Assert.Equal(3 * count, reading.Counts.OrphanFinWait2);
    }

    [Theory]
    [InlineData(SourceChoice.Bpf)]
    [InlineData(SourceChoice.Netlink)]
    [InlineData(SourceChoice.Proc)]
    public void Twenty_thousand_sockets_are_exact(SourceChoice source)
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Established, 9_000);
        lab.Hold(TcpState.TimeWait, 6_000, LabFamily.IPv6);
        lab.Hold(TcpState.SynRecv, 3_000);
        lab.Hold(TcpState.CloseWait, 2_000, LabFamily.V4Mapped);
        Assert.Equal(Readings.Table(lab.Expected), Readings.Table(Read(lab, source).Counts));
    }

    [Theory]
    [InlineData(SourceChoice.Bpf)]
    [InlineData(SourceChoice.Netlink)]
    [InlineData(SourceChoice.Proc)]
    public void A_state_whose_sockets_have_gone_is_zero_again(SourceChoice source)
    {
        Require.Root();
        using var reader = new StateReader(TimeProvider.System, source);
        using (var lab = StateLab.Create())
        {
            lab.Hold(TcpState.CloseWait, 9);
            Assert.Equal(9, lab.Run(reader.Read).Counts[TcpState.CloseWait]!.Value.Total);
        }

        using var empty = StateLab.Create();
        Assert.Equal(0, empty.Run(reader.Read).Counts.Sum.Total);
    }

    [Fact]
    public void Nobody_without_a_capability_reads_the_same()
    {
        Require.Root();
        using var lab = StateLab.Create();
        foreach (var info in TcpStates.All)
            lab.Hold(info.State, 4);
        // A new thread is born into the namespace of the thread that starts it.
        var reading = lab.Run(() => Unprivileged.Run(() =>
        {
            using var reader = new StateReader(TimeProvider.System, SourceChoice.Netlink);
            return reader.Read();
        }));
        Assert.Equal(Readings.Table(lab.Expected), Readings.Table(reading.Counts));
        Assert.Equal(Completeness.Complete, reading.Completeness);
    }

    [Theory]
    [InlineData(SourceChoice.Bpf)]
    [InlineData(SourceChoice.Netlink)]
    [InlineData(SourceChoice.Proc)]
    public void With_IPv6_off_IPv4_is_exact(SourceChoice source)
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.DisableIpv6();
        foreach (var info in TcpStates.All)
            lab.Hold(info.State, 3);
        var reading = Read(lab, source);
        Assert.Equal(Readings.Table(lab.Expected), Readings.Table(reading.Counts));
        Assert.Equal(Completeness.Complete, reading.Completeness);
    }

    [Fact]
    public void Netlink_tells_standing_sockets_exactly_while_others_come_and_go()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.CloseWait, 700);
        lab.Hold(TcpState.FinWait1, 300, LabFamily.IPv6);
        lab.Hold(TcpState.SynRecv, 200);
        using var churn = Churn.In(lab);
        using var reader = new StateReader(TimeProvider.System, SourceChoice.Netlink);
        for (int i = 0; i < 30; i++)
        {
            var standing = new BeyondLoopback();
            lab.Run(() => reader.Stream(StateMask.All, standing));
            var counts = standing.Census.ToCounts();
            Assert.Equal((700, 300, 200), (counts[TcpState.CloseWait]!.Value.Total, counts[TcpState.FinWait1]!.Value.Total, counts[TcpState.SynRecv]!.Value.Total));
        }

        Assert.True(churn.Connections > 200, $"only {churn.Connections} connections were made meanwhile");
    }

    // /proc goes on by line number: under churn it was seen to tell 22 of 200 half-open sockets twice.
    [Fact]
    public void Proc_says_that_others_came_and_went_while_it_was_read()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.CloseWait, 2_000);
        using var churn = Churn.In(lab);
        using var reader = new StateReader(TimeProvider.System, SourceChoice.Proc);
        var reading = lab.Run(reader.Read);
        Assert.Equal(Completeness.Interrupted, reading.Completeness);
        Assert.Contains("/proc", reading.CompletenessReason!.Value.English, StringComparison.Ordinal);
    }

    private static StateReading Read(StateLab lab, SourceChoice source) => lab.Run(() =>
    {
        using var reader = new StateReader(TimeProvider.System, source);
        return reader.Read();
    });

    // The lab's sockets have addresses of their own; what comes and goes does so over loopback.
    private sealed class BeyondLoopback : ISocketSink
    {
        public Census Census { get; } = new();

        public bool Take(in SocketRecord socket) => socket.Local.Address.IsLoopback || Census.Take(socket);
    }
}
