using System.Text;
using TcpLens.Zabbix.Transport;
using TcpLens.Zabbix.Wire;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

public sealed class EitherConnections : IDisposable
{
    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    private static PskServerSecurity Psk => new(Keys.Ours);

    private CertificateServerSecurity Certificate => new(authority.Files("CN=agent"), AllowedPeer.Anybody);

    public static TheoryData<string> Ways => ["psk 1.2", "psk 1.3", "certificate"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_port_that_takes_everything_serves_whoever_encrypts(string way)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var streams = (await pair.ShakeHandsAsync(ClientOf(way), new EitherServerSecurity(isPlainAllowed: true, Psk, Certificate))).Streams;
        await AskAsync(pair, streams);
    }

    [Theory]
    [InlineData("psk 1.2", true, true, false)]
    [InlineData("psk 1.3", false, true, true)]
    [InlineData("certificate", false, true, true)]
    [InlineData("certificate", true, false, true)]
    public async Task A_way_that_is_open_is_served(string way, bool isPlainAllowed, bool hasPsk, bool hasCertificate)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var server = new EitherServerSecurity(isPlainAllowed, hasPsk ? Psk : null, hasCertificate ? Certificate : null);
        await AskAsync(pair, (await pair.ShakeHandsAsync(ClientOf(way), server)).Streams);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_client_that_need_not_encrypt_is_served_beside_those_that_do(bool hasPsk, bool hasCertificate)
    {
        using var pair = await ConnectionPair.OpenAsync();
        // Whoever does not encrypt speaks first: until then nobody knows what it is.
        await Packet.WriteAsync(pair.Client, "agent.hostname"u8.ToArray(), isCompressed: false, pair.End);
        var server = await new EitherServerSecurity(isPlainAllowed: true, hasPsk ? Psk : null, hasCertificate ? Certificate : null).ProtectAsync(pair.Server, pair.End);
        Assert.Equal("agent.hostname", Encoding.UTF8.GetString(await Packet.ReadAsync(server, 100, pair.End)));
        await AskAsync(pair, (pair.Client, server));
        await server.DisposeAsync();
        Assert.Equal(0, await pair.Client.ReadAsync(new byte[1], pair.End));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_client_that_must_encrypt_and_does_not_is_turned_away(bool hasPsk, bool hasCertificate)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var server = new EitherServerSecurity(isPlainAllowed: false, hasPsk ? Psk : null, hasCertificate ? Certificate : null);
        var (failure, answer) = await pair.SendAsync(server, Packet.ToBytes("agent.ping"u8, isCompressed: false));
        Assert.Equal("the client does not encrypt, and unencrypted connections are not accepted here", failure.Message);
        Assert.Empty(answer);
    }

    [Fact]
    public async Task A_client_that_encrypts_where_nobody_can_is_named_so()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(new PskClientSecurity(Keys.Ours), new EitherServerSecurity(isPlainAllowed: true, null, null));
        Assert.Equal("the client encrypts, and neither a pre-shared key nor a certificate is set here", handshake.ServerMessage);
        Assert.Contains("the server closed the connection", handshake.ClientMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_stays_wrong_beside_open_ways()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(
            new PskClientSecurity(Keys.Of("tcplens web-1", first: 9)), new EitherServerSecurity(isPlainAllowed: true, Psk, Certificate));
        Assert.Equal("the client's key for the PSK identity \"tcplens web-1\" is not ours", handshake.ServerMessage);
    }

    [Fact]
    public void A_port_that_serves_nobody_is_refused() => Assert.Throws<ArgumentException>(() => new EitherServerSecurity(isPlainAllowed: false, null, null));

    [Theory]
    [InlineData(new byte[] { 22, 3, 1, 0, 5, 2, 0, 0, 1, 0 })]
    [InlineData(new byte[] { 22, 3, 1, 0, 5, 1, 0, 0, 9, 0 })]
    [InlineData(new byte[] { 22, 3, 1, 0xFF, 0xFF, 1, 0, 0x80, 0 })]
    public async Task Bytes_that_are_no_hello_end_the_connection_where_the_hello_decides(byte[] bytes)
    {
        using var pair = await ConnectionPair.OpenAsync();
        await pair.Client.WriteAsync(bytes, pair.End);
        pair.Client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.NotEmpty((await pair.SendNothingAsync(new EitherServerSecurity(isPlainAllowed: false, Psk, Certificate))).Failure.Message);
    }

    private static async Task AskAsync(ConnectionPair pair, (Stream Client, Stream Server) streams)
    {
        await Packet.WriteAsync(streams.Client, "agent.ping"u8.ToArray(), isCompressed: false, pair.End);
        Assert.Equal("agent.ping", Encoding.UTF8.GetString(await Packet.ReadAsync(streams.Server, 100, pair.End)));
        await Packet.WriteAsync(streams.Server, "1"u8.ToArray(), isCompressed: false, pair.End);
        Assert.Equal("1", Encoding.UTF8.GetString(await Packet.ReadAsync(streams.Client, 100, pair.End)));
    }

    private IClientSecurity ClientOf(string way) => way switch
    {
        "certificate" => new CertificateClientSecurity(authority.Files("CN=zabbix"), AllowedPeer.Anybody),
        _ => Keys.Client(way[4..]),
    };
}
