using System.Net.Security;
using System.Security.Cryptography;
using TcpLens.Zabbix.Transport;
using TcpLens.Zabbix.Wire;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

public sealed class CertificateConnections : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly TestAuthority rogue = new();

    public void Dispose()
    {
        authority.Dispose();
        rogue.Dispose();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task Both_sides_of_one_authority_exchange_packets(bool isClientRsa, bool isServerRsa)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var (client, server) = (await pair.ShakeHandsAsync(
            new CertificateClientSecurity(authority.Files("CN=server side", isClientRsa), AllowedPeer.Anybody),
            new CertificateServerSecurity(authority.Files("CN=agent side", isServerRsa), AllowedPeer.Anybody))).Streams;
        byte[] data = RandomNumberGenerator.GetBytes(100_003);
        foreach (var (from, to) in new[] { (client, server), (server, client) })
        {
            var sending = Packet.WriteAsync(from, data, isCompressed: false, pair.End);
            Assert.Equal(data, await Packet.ReadAsync(to, data.Length, pair.End));
            await sending;
        }

        await server.DisposeAsync();
        Assert.Equal(0, await client.ReadAsync(new byte[1], pair.End));
    }

    [Fact]
    public async Task A_peer_is_told_by_issuer_and_subject()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(
            new CertificateClientSecurity(authority.Files("CN=zabbix,O=Ours"), new AllowedPeer("CN=Test Authority", "CN=agent,OU=Web,O=Ours")),
            new CertificateServerSecurity(authority.Files("CN=agent,OU=Web,O=Ours"), new AllowedPeer("CN=Test Authority", "CN=zabbix,O=Ours")));
        Assert.NotNull(handshake.Streams.Client);
    }

    [Theory]
    [InlineData(null, "CN=other", "its subject is \"CN=agent,O=Ours\", not \"CN=other\"")]
    [InlineData("CN=Other Authority", "CN=agent,O=Ours", "its issuer is \"CN=Test Authority\", not \"CN=Other Authority\"")]
    public async Task Another_server_of_the_same_authority_is_refused_by_name(string? issuer, string? subject, string reason)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(
            new CertificateClientSecurity(authority.Files("CN=zabbix"), new AllowedPeer(issuer, subject)),
            new CertificateServerSecurity(authority.Files("CN=agent,O=Ours"), AllowedPeer.Anybody));
        Assert.Equal("the server may not be trusted: " + reason, handshake.ClientMessage);
    }

    [Fact]
    public async Task Another_client_of_the_same_authority_is_refused_by_name()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(
            new CertificateClientSecurity(authority.Files("CN=intruder"), AllowedPeer.Anybody),
            new CertificateServerSecurity(authority.Files("CN=agent"), new AllowedPeer(null, "CN=zabbix")));
        Assert.Equal("the client may not be trusted: its subject is \"CN=intruder\", not \"CN=zabbix\"", handshake.ServerMessage);
    }

    [Fact]
    public async Task A_client_of_another_authority_with_the_same_name_is_refused()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(
            new CertificateClientSecurity(rogue.Files("CN=zabbix", trusts: authority), AllowedPeer.Anybody),
            new CertificateServerSecurity(authority.Files("CN=agent"), new AllowedPeer("CN=Test Authority", "CN=zabbix")));
        Assert.StartsWith("the client may not be trusted: its certificate \"CN=zabbix\" is not trusted: ", handshake.ServerMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_authority_is_refused()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(
            new CertificateClientSecurity(authority.Files("CN=zabbix"), AllowedPeer.Anybody),
            new CertificateServerSecurity(rogue.Files("CN=agent"), AllowedPeer.Anybody));
        Assert.StartsWith("the server may not be trusted: its certificate \"CN=agent\" is not trusted: ", handshake.ClientMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_whose_time_is_over_is_refused()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(
            new CertificateClientSecurity(authority.Files("CN=zabbix", end: DateTimeOffset.FromUnixTimeSeconds(1_000_000_000)), AllowedPeer.Anybody),
            new CertificateServerSecurity(authority.Files("CN=agent"), AllowedPeer.Anybody));
        Assert.Contains("expired", handshake.ServerMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_refused()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var accepting = new CertificateServerSecurity(authority.Files("CN=agent"), AllowedPeer.Anybody).ProtectAsync(pair.Server, pair.End).AsTask();
        await using var client = new SslStream(pair.Client, leaveInnerStreamOpen: true, (_, certificate, _, _) => certificate is not null);
        await Record.ExceptionAsync(() => client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "" }, pair.End));
        var failure = await Assert.ThrowsAsync<TransportException>(() => accepting);
        Assert.Contains("it showed no certificate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sides_that_mean_a_key_and_a_certificate_say_what_to_check()
    {
        using var keyAtCertificate = await ConnectionPair.OpenAsync();
        var first = await keyAtCertificate.ShakeHandsAsync(
            new PskClientSecurity(Keys.Ours), new CertificateServerSecurity(authority.Files("CN=agent"), AllowedPeer.Anybody));
        Assert.Contains("the reason is in the server's log", first.ClientMessage, StringComparison.Ordinal);
        Assert.StartsWith("the TLS handshake with the client failed", first.ServerMessage, StringComparison.Ordinal);

        using var certificateAtKey = await ConnectionPair.OpenAsync();
        var second = await certificateAtKey.ShakeHandsAsync(
            new CertificateClientSecurity(authority.Files("CN=zabbix"), AllowedPeer.Anybody), new PskServerSecurity(Keys.Ours));
        Assert.Contains("the reason is in the server's log", second.ClientMessage, StringComparison.Ordinal);
        Assert.StartsWith("the client offers no pre-shared key", second.ServerMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_without_tls_are_turned_away()
    {
        var server = new CertificateServerSecurity(authority.Files("CN=agent"), AllowedPeer.Anybody);
        using var plain = await ConnectionPair.OpenAsync();
        Assert.Equal(
            "the client does not encrypt, and unencrypted connections are not accepted here",
            (await plain.SendAsync(server, Packet.ToBytes("agent.ping"u8, isCompressed: false))).Failure.Message);
        using var garbage = await ConnectionPair.OpenAsync();
        Assert.NotEmpty((await garbage.SendAsync(server, [22, 3, 1, 0, 5, 1, 2, 3, 4, 5])).Failure.Message);
    }

    [Fact]
    public async Task Waiting_ends_when_the_caller_wants_it()
    {
        using var pair = await ConnectionPair.OpenAsync();
        using var end = new CancellationTokenSource();
        var opening = new CertificateClientSecurity(authority.Files("CN=zabbix"), AllowedPeer.Anybody).ProtectAsync(pair.Client, end.Token).AsTask();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }
}
