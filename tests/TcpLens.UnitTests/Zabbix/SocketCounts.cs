using TcpLens.Core.Model;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary><c>net.tcp.socket.count</c> with the meaning and the errors that were measured at the classic agent of 6.0 and 7.0.</summary>
public sealed class SocketCounts
{
    private const string Services = """
        # Network services, Internet style
        ssh		22/tcp				# SSH Remote Login Protocol
        tftp		69/udp
        http		80/tcp		www		# WorldWideWeb HTTP
        https		443/tcp
        https		443/udp				# HTTP/3
        broken		99999/tcp
        twice 1/udp
        twice 2/tcp
        """;

    private static readonly SocketRecord[] s_sockets =
    [
        SampleDetails.Listener("0.0.0.0", 443, 0, 128),
        SampleDetails.Listener("::", 80, 0, 128),
        SampleDetails.Socket(TcpState.Established, "127.0.0.1", 443, "10.1.2.3", 50_000),
        SampleDetails.Socket(TcpState.Established, "10.1.2.3", 50_000, "127.0.0.1", 443),
        SampleDetails.Socket(TcpState.Established, "10.1.2.3", 80, "192.168.77.9", 50_001) with { Family = SocketFamily.IPv6 },
        SampleDetails.Socket(TcpState.Established, "192.168.77.9", 50_001, "10.1.2.3", 80),
        SampleDetails.Socket(TcpState.Established, "::1", 50_002, "fd00::5", 80),
        SampleDetails.Socket(TcpState.Established, "fd00::5", 80, "::1", 50_002),
        SampleDetails.Socket(TcpState.CloseWait, "fd00::5", 8080, "fd00::5", 50_003),
        SampleDetails.Socket(TcpState.TimeWait, "10.1.2.3", 50_004, "10.1.2.3", 22),
        SampleDetails.Socket(TcpState.Close, "127.0.0.1", 7777, "0.0.0.0", 0),
    ];

    [Theory]
    [InlineData("net.tcp.socket.count", 10)]
    [InlineData("net.tcp.socket.count[]", 10)]
    [InlineData("net.tcp.socket.count[,,,,]", 10)]
    [InlineData("net.tcp.socket.count[,,,,established]", 6)]
    [InlineData("net.tcp.socket.count[,,,,\"established\"]", 6)]
    [InlineData("net.tcp.socket.count[,,,, established]", 6)]
    [InlineData("net.tcp.socket.count[,,,,listen]", 2)]
    [InlineData("net.tcp.socket.count[,,,,close_wait]", 1)]
    [InlineData("net.tcp.socket.count[,,,,close]", 0)]
    [InlineData("net.tcp.socket.count[10.1.2.3]", 3)]
    [InlineData("net.tcp.socket.count[010.1.2.3]", 0)]
    [InlineData("net.tcp.socket.count[012.01.2.3]", 3)]
    [InlineData("net.tcp.socket.count[10.1.2.3/08]", 3)]
    [InlineData("net.tcp.socket.count[10.0.0.0/8,80]", 1)]
    [InlineData("net.tcp.socket.count[::ffff:10.1.2.3]", 3)]
    [InlineData("net.tcp.socket.count[::ffff:a01:203/128]", 3)]
    [InlineData("net.tcp.socket.count[::ffff:10.1.2.3/104]", 3)]
    [InlineData("net.tcp.socket.count[::ffff:10.1.2.3/90]", 6)]
    [InlineData("net.tcp.socket.count[::ffff:10.1.2.3/32]", 8)]
    [InlineData("net.tcp.socket.count[::ffff:10.1.2.3/0]", 4)]
    [InlineData("net.tcp.socket.count[0.0.0.0/0]", 6)]
    [InlineData("net.tcp.socket.count[0.0.0.0/0,,,,listen]", 1)]
    [InlineData("net.tcp.socket.count[0.0.0.0]", 1)]
    [InlineData("net.tcp.socket.count[::]", 1)]
    [InlineData("net.tcp.socket.count[[::]]", 1)]
    [InlineData("net.tcp.socket.count[::/0]", 4)]
    [InlineData("net.tcp.socket.count[::/64]", 2)]
    [InlineData("net.tcp.socket.count[::10.1.2.3/96]", 2)]
    [InlineData("net.tcp.socket.count[FD00:0::5]", 2)]
    [InlineData("net.tcp.socket.count[,,fd00::/8]", 2)]
    [InlineData("net.tcp.socket.count[,443]", 2)]
    [InlineData("net.tcp.socket.count[,0443]", 2)]
    [InlineData("net.tcp.socket.count[,https]", 2)]
    [InlineData("net.tcp.socket.count[,www]", 3)]
    [InlineData("net.tcp.socket.count[,,,ssh]", 1)]
    [InlineData("net.tcp.socket.count[,0]", 10)]
    [InlineData("net.tcp.socket.count[,\"-0\"]", 10)]
    [InlineData("net.tcp.socket.count[10.1.2.3,*]", 3)]
    [InlineData("net.tcp.socket.count[127.0.0.1,https,10.1.2.3,,established]", 1)]
    public void Sockets_are_counted_as_the_agents_count_them(string key, int count)
    {
        Assert.True(SocketCountQuery.TryParse(Key(key), PortOf, out var query, out string? error), error);
        Assert.Equal(count, s_sockets.Count(socket => query.Matches(socket)));
    }

    [Theory]
    [InlineData("net.tcp.socket.count[,,,,ESTABLISHED]", "Invalid fifth parameter.")]
    [InlineData("net.tcp.socket.count[,,,,established ]", "Invalid fifth parameter.")]
    [InlineData("net.tcp.socket.count[,,,,fin-wait-1]", "Invalid fifth parameter.")]
    [InlineData("net.tcp.socket.count[,,,,,]", "Too many parameters.")]
    [InlineData("net.tcp.socket.count[abc]", "IP is not supported: \"abc\"")]
    [InlineData("net.tcp.socket.count[10.1.2]", "IP is not supported: \"10.1.2\"")]
    [InlineData("net.tcp.socket.count[10.1.2.256]", "IP is not supported: \"10.1.2.256\"")]
    [InlineData("net.tcp.socket.count[10.1.2.09]", "IP is not supported: \"10.1.2.09\"")]
    [InlineData("net.tcp.socket.count[10.1.2.3 ]", "IP is not supported: \"10.1.2.3 \"")]
    [InlineData("net.tcp.socket.count[fe80::1%lo]", "IP is not supported: \"fe80::1%lo\"")]
    [InlineData("net.tcp.socket.count[\"[::1]\"]", "IP is not supported: \"[::1]\"")]
    [InlineData("net.tcp.socket.count[10.1.2.3/33]", "Cannot validate CIDR \"10.1.2.3/33\"")]
    [InlineData("net.tcp.socket.count[10.1.2.3/]", "Cannot validate CIDR \"10.1.2.3/\"")]
    [InlineData("net.tcp.socket.count[10.1.2.3/ 8]", "Cannot validate CIDR \"10.1.2.3/ 8\"")]
    [InlineData("net.tcp.socket.count[10.1.2/8]", "Cannot validate CIDR \"10.1.2/8\"")]
    [InlineData("net.tcp.socket.count[fd00::/129]", "Cannot validate CIDR \"fd00::/129\"")]
    [InlineData("net.tcp.socket.count[,65536]", "Invalid port number: 65536")]
    [InlineData("net.tcp.socket.count[,-1]", "Invalid port number: -1")]
    [InlineData("net.tcp.socket.count[,+443]", "Invalid port number: +443")]
    [InlineData("net.tcp.socket.count[,443 ]", "Invalid port number: 443 ")]
    [InlineData("net.tcp.socket.count[,3com-tsmux]", "Invalid port number: 3com-tsmux")]
    [InlineData("net.tcp.socket.count[,0x1bb]", "The service \"0x1bb\" is not available for the requested socket type.")]
    [InlineData("net.tcp.socket.count[,HTTPS]", "The service \"HTTPS\" is not available for the requested socket type.")]
    [InlineData("net.tcp.socket.count[,tftp]", "The service \"tftp\" is not available for the requested socket type.")]
    [InlineData("net.tcp.socket.count[,broken]", "The service \"broken\" is not available for the requested socket type.")]
    [InlineData("net.tcp.socket.count[,-]", "The service \"-\" is not available for the requested socket type.")]
    [InlineData("net.tcp.socket.count[,*]", "IP is not supported: \"\"")]
    [InlineData("net.tcp.socket.count[abc,nosuch,abc,nosuch,x]", "IP is not supported: \"abc\"")]
    [InlineData("net.tcp.socket.count[,,abc]", "IP is not supported: \"abc\"")]
    public void A_wrong_parameter_is_refused_in_the_words_of_the_classic_agent(string key, string expected)
    {
        Assert.False(SocketCountQuery.TryParse(Key(key), PortOf, out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void A_service_has_the_port_of_its_first_line_for_TCP() => Assert.Equal((ushort)2, ServiceNames.Find(Services, "twice"));

    private static ushort? PortOf(string name) => ServiceNames.Find(Services, name);

    private static ItemKey Key(string text)
    {
        Assert.True(ItemKey.TryParse(text, out var key));
        return key;
    }
}
