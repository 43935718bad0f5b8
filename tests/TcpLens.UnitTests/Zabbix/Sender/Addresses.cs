using TcpLens.Zabbix.Sender;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Sender;

public sealed class Addresses
{
    [Theory]
    [InlineData("zabbix.example.com", "zabbix.example.com", 10051)]
    [InlineData(" zabbix_1:1234 ", "zabbix_1", 1234)]
    [InlineData("192.0.2.1", "192.0.2.1", 10051)]
    [InlineData("192.0.2.1:65535", "192.0.2.1", 65535)]
    [InlineData("2001:db8::1", "2001:db8::1", 10051)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 10051)]
    [InlineData("[2001:db8::1]:10052", "2001:db8::1", 10052)]
    public void An_address_is_read(string text, string host, int port)
    {
        Assert.True(ZabbixAddress.TryParse(text, out var address));
        Assert.Equal(new ZabbixAddress(host, port), address);
        Assert.True(ZabbixAddress.TryParse(address.ToString(), out var again));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":10051")]
    [InlineData("a:")]
    [InlineData("a:0")]
    [InlineData("a:65536")]
    [InlineData("a:+1")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("[a]:1")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[::1]:")]
    [InlineData("1:2:3")]
    public void What_is_no_address_is_refused(string text) => Assert.False(ZabbixAddress.TryParse(text, out _));

    [Fact]
    public void A_list_parts_servers_by_commas_and_nodes_by_semicolons()
    {
        Assert.True(ServerCluster.TryParseList("a;b:1 , [::1]", out var clusters, out _));
        Assert.Equal(["a:10051;b:1", "[::1]:10051"], clusters.Select(cluster => cluster.ToString()), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("a,,b", "\"\" is no address of a server: name, name:port, [IPv6]:port")]
    [InlineData("a,b;a:10051", "a:10051 stands in the list twice: each value would be stored twice")]
    public void A_wrong_list_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(ServerCluster.TryParseList(text, out _, out string? fault));
        Assert.Equal(reason, fault);
    }

    [Fact]
    public void A_list_has_a_limit()
    {
        Assert.False(ServerCluster.TryParseList(string.Join(',', Enumerable.Range(0, 65).Select(i => $"a{i}")), out _, out string? fault));
        Assert.Equal("more than 64 addresses", fault);
    }
}
