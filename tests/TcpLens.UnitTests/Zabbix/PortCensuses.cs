using TcpLens.Core.Model;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

public sealed class PortCensuses
{
    [Fact]
    public void Listeners_of_a_port_are_one_entry_with_its_fullest_queue()
    {
        var port = SampleDetails.WebServer.Ports.Single(port => port.Port == 443);
        Assert.Equal((2, ListenerScope.Any, "both"), (port.Listeners, port.Scope, port.Family));
        Assert.Equal((100L, 511L, 1022L), (port.AcceptQueue, port.AcceptQueueMaximum, port.HalfOpenMaximum));
        Assert.Equal(100 * 12 / 1022.0, port.HalfOpenPercent!.Value, 6);
        Assert.Equal((30, 12, 5, 1, 2), (port[TcpState.Established], port[TcpState.SynRecv], port[TcpState.CloseWait], port[TcpState.FinWait2], port[TcpState.Listen]));
    }

    [Fact]
    public void Ports_that_loopback_alone_reaches_come_last() =>
        Assert.Equal([22, 443, 6379], SampleDetails.WebServer.Ports.Select(port => (int)port.Port));

    [Fact]
    public void The_busiest_destination_counts_every_state_and_its_own_source_address()
    {
        var busiest = SampleDetails.WebServer.Destinations[0];
        Assert.Equal("192.0.2.1 > 192.0.2.50:5432", busiest.Destination.ToString());
        Assert.Equal((48, 40), (busiest.Used, busiest.TimeWait));
        Assert.Equal(100 * 48 / 28_222.0, SampleDetails.WebServer.EphemeralPercent!.Value, 6);
    }

    [Fact]
    public void A_clients_port_at_our_listener_takes_no_ephemeral_port_of_ours() =>
        Assert.DoesNotContain(SampleDetails.WebServer.Destinations, use => use.Destination.Target.Port >= 40_000);

    [Fact]
    public void A_reserved_port_is_no_ephemeral_one()
    {
        var reading = SampleDetails.Of([SampleDetails.Socket(TcpState.Established, "192.0.2.1", 40_005, "192.0.2.50", 80)], SampleDetails.Limits, new KernelCounters());
        Assert.Empty(reading.Destinations);
    }

    [Fact]
    public void A_limit_that_the_source_does_not_tell_leaves_the_ratio_unknown()
    {
        var port = SampleDetails.Of([SampleDetails.Listener("0.0.0.0", 80, 3, 0)], SampleDetails.Limits, new KernelCounters()).Ports.Single();
        Assert.Null(port.AcceptQueuePercent);
        Assert.Null(port.HalfOpenPercent);
        Assert.Equal(3, port.AcceptQueue);
    }

    [Fact]
    public void More_destinations_than_the_table_holds_are_counted_as_unseen()
    {
        var sockets = Enumerable.Range(0, PortCensus.DestinationsMaximum + 10)
            .Select(i => SampleDetails.Socket(TcpState.Established, "192.0.2.1", 35_000, $"10.{i / 65_536}.{i / 256 % 256}.{i % 256}", 80));
        var reading = SampleDetails.Of(sockets, SampleDetails.Limits, new KernelCounters());
        Assert.Equal((10, PortCensus.DestinationsMaximum), (reading.DestinationsUnseen, reading.DestinationCount));
    }

    [Fact]
    public void Nothing_of_a_pass_is_left_in_the_next_one()
    {
        var census = new PortCensus();
        census.Clear(SampleDetails.Limits);
        census.Take(SampleDetails.Listener("0.0.0.0", 80, 1, 2));
        census.Take(SampleDetails.Socket(TcpState.Established, "192.0.2.1", 35_000, "192.0.2.50", 80));
        census.Clear();
        Assert.Empty(census.ListeningPorts);
        Assert.Empty(census.BusiestDestinations(5));
        Assert.Equal(0, census.Census.ToCounts().Sum.Total);
        census.Take(SampleDetails.Listener("0.0.0.0", 80, 0, 2));
        Assert.Equal(0, census.ListeningPorts.Single()[TcpState.Established]);
    }

    [Fact]
    public void A_socket_costs_no_allocation()
    {
        var census = new PortCensus();
        census.Clear(SampleDetails.Limits);
        var sockets = Enumerable.Range(0, 100).Select(i => SampleDetails.Socket(TcpState.Established, "192.0.2.1", 35_000 + i, "192.0.2.50", 80)).ToArray();
        foreach (var socket in sockets)
            census.Take(socket);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var socket in sockets)
            census.Take(socket);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
