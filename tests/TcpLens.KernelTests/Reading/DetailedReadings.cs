using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Reading;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Reading;

/// <summary>The one pass behind <c>tcplens.states</c>, on real sockets.</summary>
public sealed class DetailedReadings
{
    [Theory]
    [InlineData(SourceChoice.Netlink)]
    [InlineData(SourceChoice.Proc)]
    public void States_and_ports_of_one_pass_agree_with_the_lab(SourceChoice source)
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Listen, 6);
        lab.Hold(TcpState.SynRecv, 40);
        lab.Hold(TcpState.CloseWait, 11, LabFamily.IPv6);
        lab.Hold(TcpState.TimeWait, 30);
        var reading = Read(lab, source);

        Assert.Equal(Completeness.Complete, reading.States.Completeness);
        Assert.All(
            TcpStates.All.Where(info => info.State != TcpState.Close),
            info => Assert.Equal(lab.Expected[info.State]!.Value, reading.States.Counts[info.State]!.Value));
        Assert.Equal(lab.Expected[TcpState.Listen]!.Value.Total, reading.Ports.Sum(port => port.Listeners));
        Assert.Equal(40, reading.Ports.Sum(port => port[TcpState.SynRecv]));
        Assert.Equal(30, reading.Counters.TimeWaitSockets);
        Assert.NotNull(reading.TimeWaitPercent);
    }

    [Fact]
    public void The_accept_queues_limit_is_told_by_netlink_and_unknown_to_proc()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Listen, 1);
        Assert.True(Read(lab, SourceChoice.Netlink).Ports[0].AcceptQueueMaximum > 0);
        Assert.Null(Read(lab, SourceChoice.Proc).Ports[0].AcceptQueueMaximum);
    }

    [Fact]
    public void Another_namespace_is_read_in_full_with_its_own_settings_and_counters()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.CloseWait, 11);
        lab.Run(() => File.WriteAllText("/proc/sys/net/ipv4/tcp_max_tw_buckets", "77"));
        using var reader = new HostReader(TimeProvider.System, SourceChoice.Auto);
        for (int i = 0; i < 2; i++)
        {
            var reading = reader.ReadDetailed(lab.NamespacePath);
            Assert.Equal(11, reading.States.Counts.Sum.Total);
            Assert.Equal((77, 11), (reading.Limits.TimeWaitMaximum, reading.Counters.CurrentlyEstablished));
        }

        Assert.NotEqual(77, reader.ReadDetailed().Limits.TimeWaitMaximum);
    }

    private static DetailedReading Read(StateLab lab, SourceChoice source) => lab.Run(() =>
    {
        using var reader = new HostReader(TimeProvider.System, source);
        return reader.ReadDetailed();
    });
}
