using TcpLens.Core.Model;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>The parameters of <c>tcplens.state</c>.</summary>
public sealed class StateQueries
{
    private static readonly SocketRecord s_mapped =
        SampleDetails.Socket(TcpState.Established, "192.0.2.1", 443, "198.51.100.7", 50_000) with { Family = SocketFamily.IPv6 };

    [Theory]
    [InlineData("tcplens.state", "")]
    [InlineData("tcplens.state[]", "")]
    [InlineData("tcplens.state[,,,,,]", "")]
    [InlineData("tcplens.state[established,443]", "state:established lport:443")]
    [InlineData("tcplens.state[ESTAB,8000-8999,10.0.0.0/8,2001:db8::/32,53]", "state:established lport:8000-8999 rport:53 local:10.0.0.0/8 remote:2001:db8::/32")]
    public void Parameters_are_words_of_a_filter(string key, string filter) => Assert.Equal(filter, Parse(key).Filter.ToString());

    [Fact]
    public void The_last_parameter_is_the_namespace()
    {
        Assert.Equal("docker:0123456789ab", Parse("tcplens.state[,,,,,docker:0123456789ab]").Namespace);
        Assert.Null(Parse("tcplens.state[time_wait,,,,,]").Namespace);
    }

    [Theory]
    [InlineData("tcplens.state[,,192.0.2.1]", true)]
    [InlineData("tcplens.state[,,0.0.0.0/0]", true)]
    [InlineData("tcplens.state[,,::ffff:192.0.2.1]", true)]
    [InlineData("tcplens.state[,,::/0]", false)]
    [InlineData("tcplens.state[,,,198.51.100.0/24,50000]", true)]
    [InlineData("tcplens.state[listen,443]", false)]
    public void IPv4_over_an_IPv6_socket_is_found_as_net_tcp_socket_count_finds_it(string key, bool found) =>
        Assert.Equal(found, Parse(key).Filter.Matches(s_mapped));

    [Theory]
    [InlineData("tcplens.state[opening]", "Parameter 1 (state) is not understood: opening")]
    [InlineData("tcplens.state[\"established,listen\"]", "Parameter 1 (state) is not understood: established,listen")]
    [InlineData("tcplens.state[,\"80,443\"]", "Parameter 2 (lport) is not understood: 80,443")]
    [InlineData("tcplens.state[,\"80 state:listen\"]", "Parameter 2 (lport) is not understood: 80 state:listen")]
    [InlineData("tcplens.state[,!80]", "Parameter 2 (lport) is not understood: !80")]
    [InlineData("tcplens.state[,http]", "http: 'http' does not fit 'lport:': expected a port from 0 to 65535 or a range such as 8000-8999")]
    [InlineData("tcplens.state[,,10.0.0.0/33]", "10.0.0.0/33: '10.0.0.0/33' does not fit 'local:': expected an address or a prefix such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("tcplens.state[,,,,,,]", "Too many parameters: tcplens.state[<state>,<lport>,<laddr>,<raddr>,<rport>,<netns>]")]
    public void A_wrong_parameter_is_named(string key, string error)
    {
        Assert.True(ItemKey.TryParse(key, out var parsed));
        Assert.False(StateQuery.TryParse(parsed, out _, out string? actual));
        Assert.Equal(error, actual);
    }

    private static StateQuery Parse(string key)
    {
        Assert.True(ItemKey.TryParse(key, out var parsed));
        Assert.True(StateQuery.TryParse(parsed, out var query, out string? error), error);
        return query;
    }
}
