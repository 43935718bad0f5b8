using System.Text;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Linux.Reading;
using Xunit;

namespace TcpLens.UnitTests.Reading;

public sealed class KernelTotalsTests
{
    [Theory]
    [InlineData(10, 10, 0, 10, true)]
    [InlineData(10, 10, 0, 9, false)]
    [InlineData(10, 10, 0, 11, false)]
    [InlineData(10, 12, 2, 11, true)]
    [InlineData(10, 12, 2, 15, false)]
    [InlineData(10, 8, 0, 9, true)]
    [InlineData(10, 8, 0, 5, false)]
    [InlineData(10, 10, 3, 8, true)]
    public void A_count_outside_the_kernels_totals_is_interrupted(long before, long after, long opened, int seen, bool complete)
    {
        var census = new Census();
        for (int i = 0; i < seen; i++)
            census.Take(new SocketRecord { State = TcpState.Established, Family = SocketFamily.IPv4 });
        var pass = KernelTotals.Hold(Pass.Whole, census, new KernelTotals(true, before, 0, 100), new KernelTotals(true, after, 0, 100 + opened));
        Assert.Equal(complete ? Completeness.Complete : Completeness.Interrupted, pass.Completeness);
    }

    [Fact]
    public void Lost_TIME_WAIT_sockets_are_noticed()
    {
        var pass = KernelTotals.Hold(Pass.Whole, new Census(), new KernelTotals(true, 0, 5, 0), new KernelTotals(true, 0, 5, 0));
        Assert.Equal(Completeness.Interrupted, pass.Completeness);
        Assert.Contains("5 in TIME_WAIT", pass.Reason!.Value.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_totals_the_dumps_own_word_stands() =>
        Assert.Equal(Completeness.Complete, KernelTotals.Hold(Pass.Whole, new Census(), default, default).Completeness);

    [Fact]
    public void Half_open_requests_and_bound_sockets_are_not_in_the_totals()
    {
        var census = new Census();
        census.Take(new SocketRecord { State = TcpState.SynRecv, Family = SocketFamily.IPv4 });
        census.Take(new SocketRecord { State = TcpState.Close, Family = SocketFamily.IPv4 });
        census.Take(new SocketRecord { State = TcpState.FinWait2, Family = SocketFamily.IPv4, Timer = SocketTimer.TimeWait });
        Assert.Equal((0, 1), (census.FullSockets, census.MiniSockets));
    }

    [Theory]
    [InlineData("Ip: a\nIp: 1\nTcp: RtoAlgorithm ActiveOpens PassiveOpens CurrEstab\nTcp: 1 20 3 4\n", true, 23)]
    [InlineData("Tcp: PassiveOpens New ActiveOpens\nTcp: 3 7 20\n", true, 23)]
    [InlineData("Tcp: ActiveOpens\nTcp: 3\n", false, 3)]
    [InlineData("Tcp: ActiveOpens PassiveOpens\nTcp: 3", false, 3)]
    [InlineData("Tcp: ActiveOpens PassiveOpens", false, 0)]
    [InlineData("", false, 0)]
    public void Opened_connections_are_found_by_name(string snmp, bool found, long opened)
    {
        Assert.Equal(found, OpenedConnections.TryParse(Encoding.ASCII.GetBytes(snmp), out long number));
        Assert.Equal(opened, number);
    }
}
