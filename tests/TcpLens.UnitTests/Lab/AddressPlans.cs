using TcpLens.Linux.Lab;
using Xunit;

namespace TcpLens.UnitTests.Lab;

public sealed class AddressPlans
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_segment_finds_its_connection_by_its_endpoints(bool ipv6)
    {
        foreach (int number in (int[])[0, 1, 32_767, 32_768, 65_536, 1_000_000])
        {
            var syn = new TcpSegment(AddressPlan.LocalEnd(ipv6, number), AddressPlan.Server(ipv6, number), 0, 0, TcpFlags.Syn);
            Assert.Equal(number, AddressPlan.ConnectionNumber(syn));
            var answer = new TcpSegment(AddressPlan.LocalEnd(ipv6, 0), AddressPlan.Client(ipv6, number), 0, 0, TcpFlags.Syn);
            Assert.Equal(number, AddressPlan.ClientNumber(answer));
        }
    }

    [Fact]
    public void Bound_ports_and_connection_ports_do_not_meet() =>
        Assert.Equal(AddressPlan.FirstBoundPort + AddressPlan.BoundPorts, AddressPlan.LocalEnd(ipv6: false, 0).Port);
}
