using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Reading;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Sources;

/// <summary>Mistakes that other monitors make, each provoked on the real kernel to show that this one does not make it.</summary>
public sealed class PeerDefects
{
    [Fact]
    public void LAST_ACK_is_not_added_to_TIME_WAIT()
    {
        var counts = Hold(lab => lab.Hold(TcpState.LastAck, 7));
        Assert.Equal((7, 0), (counts[TcpState.LastAck]!.Value.Total, counts[TcpState.TimeWait]!.Value.Total));
    }

    [Fact]
    public void CLOSE_WAIT_is_not_counted_as_CLOSE()
    {
        var counts = Hold(lab => lab.Hold(TcpState.CloseWait, 7));
        Assert.Equal((7, 0), (counts[TcpState.CloseWait]!.Value.Total, counts[TcpState.Close]?.Total ?? 0));
    }

    [Theory]
    [InlineData(LabFamily.IPv4)]
    [InlineData(LabFamily.IPv6)]
    [InlineData(LabFamily.V4Mapped)]
    public void Listeners_that_share_a_port_are_all_counted(LabFamily family) =>
        Assert.Equal(16, Hold(lab => lab.HoldReusePortListeners(16, family))[TcpState.Listen]!.Value.Total);

    [Fact]
    public void IPv6_and_dual_stack_servers_are_counted()
    {
        var counts = Hold(lab =>
        {
            lab.Hold(TcpState.Established, 5, LabFamily.IPv6);
            lab.Hold(TcpState.Established, 6, LabFamily.V4Mapped);
        });
        Assert.Equal(new StateCount(0, 11, 6), counts[TcpState.Established]);
    }

    [Fact]
    public void A_listeners_backlog_is_not_a_queue_of_bytes()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Listen, 1);
        lab.Hold(TcpState.Established, 1);
        var rows = Stream(lab, SourceChoice.Netlink);
        var listener = Assert.Single(rows, socket => socket.IsListener);
        Assert.True(listener.SendQueue > 0, "netlink tells the limit of the accept queue");
        Assert.Equal(0, rows.Where(socket => !socket.IsListener).Sum(socket => socket.SendQueue));
    }

    [Theory]
    [InlineData(SourceChoice.Netlink)]
    [InlineData(SourceChoice.Proc)]
    public void The_timer_of_TIME_WAIT_is_the_kernels_and_not_a_guess(SourceChoice source)
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.TimeWait, 3);
        foreach (var socket in Stream(lab, source))
        {
            Assert.Equal(SocketTimer.TimeWait, socket.Timer);
            Assert.InRange(socket.TimerMilliseconds, 30_000u, 60_100u);
        }
    }

    [Fact]
    public void Processes_that_share_a_namespace_are_not_counted_twice()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.CloseWait, 5);
        using var one = new LabProcess(lab);
        using var two = new LabProcess(lab);
        using var reader = new HostReader(TimeProvider.System, SourceChoice.Auto);
        var reading = reader.Read(HostReader.All, countOthers: true);
        Assert.Equal(reading.Namespaces.Length, reading.Namespaces.Select(space => space.Id).Distinct().Count());
        Assert.Equal(1, reading.Read.Count(space => space.Reading!.Counts[TcpState.CloseWait]!.Value.Total == 5));
    }

    [Fact]
    public void A_namespace_that_may_not_be_entered_is_read_from_outside_and_says_so()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.CloseWait, 8);
        using var process = new LabProcess(lab);
        var reading = Unprivileged.Run(() =>
        {
            using var reader = new HostReader(TimeProvider.System, SourceChoice.Auto);
            return reader.Read(process.Id.ToString(), countOthers: true);
        });
        var one = Assert.Single(reading.Namespaces);
        Assert.Equal("proc", one.Reading!.Source);
        Assert.Contains("CAP_SYS_ADMIN", one.Reading.SourceReason!.Value.English, StringComparison.Ordinal);
        Assert.Equal(8, one.Reading.Counts[TcpState.CloseWait]!.Value.Total);
        Assert.Null(one.Reading.Counts[TcpState.Close]);
    }

    [Fact]
    public void A_hundred_namespaces_beside_it_change_nothing()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Established, 11);
        using var others = new NamedNamespaces(100);
        using var reader = new HostReader(TimeProvider.System, SourceChoice.Auto);
        Assert.Equal(11, lab.Run(() => reader.Read(null, countOthers: false)).Whole!.Counts.Sum.Total);
        var all = lab.Run(() => reader.Read(HostReader.All, countOthers: true));
        Assert.True(all.Namespaces.Length > 100);
        Assert.Equal(11, all.Namespaces[0].Reading!.Counts[TcpState.Established]!.Value.Total);
        Assert.DoesNotContain(all.Namespaces, space => space.Failure is not null);
    }

    private static StateCounts Hold(Action<StateLab> hold)
    {
        Require.Root();
        using var lab = StateLab.Create();
        hold(lab);
        using var reader = new StateReader(TimeProvider.System, SourceChoice.Netlink);
        return lab.Run(reader.Read).Counts;
    }

    private static List<SocketRecord> Stream(StateLab lab, SourceChoice source)
    {
        using var reader = new StateReader(TimeProvider.System, source);
        var rows = new Rows();
        lab.Run(() => reader.Stream(StateMask.All, rows));
        return rows.Sockets;
    }

    private sealed class Rows : ISocketSink
    {
        public List<SocketRecord> Sockets { get; } = [];

        public bool Take(in SocketRecord socket)
        {
            Sockets.Add(socket);
            return true;
        }
    }
}
