using System.Security.Cryptography;
using System.Text;
using TcpLens.Zabbix.Transport;
using TcpLens.Zabbix.Wire;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

public sealed class PskConnections
{
    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task Both_sides_of_one_key_exchange_packets(string version)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var (client, server) = (await pair.ShakeHandsAsync(Keys.Client(version), Keys.Server(version))).Streams;
        await Packet.WriteAsync(client, "tcplens.states"u8.ToArray(), isCompressed: false, pair.End);
        Assert.Equal("tcplens.states", Encoding.UTF8.GetString(await Packet.ReadAsync(server, 100, pair.End)));
        await Packet.WriteAsync(server, "{}"u8.ToArray(), isCompressed: true, pair.End);
        Assert.Equal("{}", Encoding.UTF8.GetString(await Packet.ReadAsync(client, 100, pair.End)));
        await server.DisposeAsync();
        Assert.Equal(0, await client.ReadAsync(new byte[1], pair.End));
        await client.DisposeAsync();
    }

    [Theory]
    [InlineData("1.2", "both")]
    [InlineData("both", "1.2")]
    [InlineData("1.3", "both")]
    [InlineData("both", "1.3")]
    public async Task A_side_that_speaks_one_version_alone_meets_one_that_speaks_both(string clientVersion, string serverVersion)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var client = clientVersion == "both" ? new PskClientSecurity(Keys.Ours) : Keys.Client(clientVersion);
        var server = serverVersion == "both" ? new PskServerSecurity(Keys.Ours) : Keys.Server(serverVersion);
        var streams = (await pair.ShakeHandsAsync(client, server)).Streams;
        await streams.Client.WriteAsync(new byte[1], pair.End);
        Assert.Equal(1, await streams.Server.ReadAsync(new byte[9], pair.End));
    }

    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task The_longest_key_and_name_work_and_the_shortest_too(string version)
    {
        foreach (var identity in new[] { Keys.Of(new string('漢', 42), length: PskIdentity.KeyBytesMax), Keys.Of("a", length: PskIdentity.KeyBytesMin) })
        {
            using var pair = await ConnectionPair.OpenAsync();
            Assert.NotNull((await pair.ShakeHandsAsync(Keys.Client(version, identity), Keys.Server(version, identity))).Streams.Server);
        }
    }

    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task Data_longer_than_a_record_arrives_whole_both_ways(string version)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var (client, server) = (await pair.ShakeHandsAsync(Keys.Client(version), Keys.Server(version))).Streams;
        byte[] data = RandomNumberGenerator.GetBytes(1_000_003);
        foreach (var (from, to) in new[] { (client, server), (server, client) })
        {
            var sending = Packet.WriteAsync(from, data, isCompressed: false, pair.End);
            Assert.Equal(data, await Packet.ReadAsync(to, data.Length, pair.End));
            await sending;
        }
    }

    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task A_wrong_key_is_refused_on_both_sides_and_our_log_says_it(string version)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(Keys.Client(version, Keys.Of("tcplens web-1", first: 2)), Keys.Server(version));
        Assert.Equal("the client's key for the PSK identity \"tcplens web-1\" is not ours", handshake.ServerMessage);
        Assert.Contains("check the PSK identity, the key", handshake.ClientMessage, StringComparison.Ordinal);
        Assert.Contains("the reason is in the server's log", handshake.ClientMessage, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task A_peer_cannot_tell_a_wrong_name_from_a_wrong_key_but_our_log_can(string version)
    {
        using var wrongKey = await ConnectionPair.OpenAsync();
        using var wrongName = await ConnectionPair.OpenAsync();
        var key = await wrongKey.ShakeHandsAsync(Keys.Client(version, Keys.Of("tcplens web-1", first: 2)), Keys.Server(version));
        var name = await wrongName.ShakeHandsAsync(Keys.Client(version, Keys.Of("web\u202e-2")), Keys.Server(version));
        Assert.Equal(key.ClientMessage, name.ClientMessage);
        Assert.StartsWith("the client knows the PSK identity \"web", name.ServerMessage, StringComparison.Ordinal);
        Assert.EndsWith("not \"tcplens web-1\"", name.ServerMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sides_without_a_common_version_part()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var handshake = await pair.ShakeHandsAsync(Keys.Client("1.3"), Keys.Server("1.2"));
        Assert.Contains("protocol_version", handshake.ServerMessage, StringComparison.Ordinal);
        Assert.Contains("protocol_version", handshake.ClientMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_closes_in_the_handshake_makes_the_client_say_what_to_check()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var protecting = new PskClientSecurity(Keys.Ours).ProtectAsync(pair.Client, pair.End);
        pair.Server.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Both);
        var failure = await Assert.ThrowsAsync<TransportException>(async () => await protecting);
        Assert.Equal(
            "the server closed the connection during the TLS handshake: check the PSK identity, the key and the host's encryption setting on both sides; the reason is in the server's log",
            failure.Message);
    }

    [Fact]
    public async Task A_server_that_answers_unencrypted_is_named_so()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var protecting = new PskClientSecurity(Keys.Ours).ProtectAsync(pair.Client, pair.End);
        await Packet.WriteAsync(pair.Server, "ZBX_NOTSUPPORTED"u8.ToArray(), isCompressed: false, pair.End);
        var failure = await Assert.ThrowsAsync<TransportException>(async () => await protecting);
        Assert.Contains("did not answer as TLS does", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task A_peer_that_vanishes_without_goodbye_ends_the_data(string version)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var (client, server) = (await pair.ShakeHandsAsync(Keys.Client(version), Keys.Server(version))).Streams;
        await client.WriteAsync(new byte[] { 7 }, pair.End);
        pair.Client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        byte[] buffer = new byte[10];
        Assert.Equal(1, await server.ReadAsync(buffer, pair.End));
        Assert.Equal(0, await server.ReadAsync(buffer, pair.End));
        // Half-closed: it still listens.
        await server.WriteAsync(new byte[] { 8 }, pair.End);
        Assert.Equal(1, await client.ReadAsync(buffer, pair.End));
    }

    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task Data_that_was_changed_on_the_way_breaks_the_connection(string version)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var (_, server) = (await pair.ShakeHandsAsync(Keys.Client(version), Keys.Server(version))).Streams;
        byte[] forged = [23, 3, 3, 0, 64, .. new byte[64]];
        await pair.Client.WriteAsync(forged, pair.End);
        var failure = await Assert.ThrowsAsync<TransportException>(() => server.ReadAtLeastAsync(new byte[10], 1, cancellationToken: pair.End).AsTask());
        Assert.StartsWith("the TLS connection broke: bad_record_mac", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task Waiting_ends_when_the_caller_wants_it(string version)
    {
        using var pair = await ConnectionPair.OpenAsync();
        using var early = new CancellationTokenSource();
        var opening = Keys.Client(version).ProtectAsync(pair.Client, early.Token).AsTask();
        await early.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);

        using var second = await ConnectionPair.OpenAsync();
        var (_, server) = (await second.ShakeHandsAsync(Keys.Client(version), Keys.Server(version))).Streams;
        using var late = new CancellationTokenSource();
        var reading = server.ReadAsync(new byte[1], late.Token).AsTask();
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task Many_handshakes_at_once_do_not_disturb_each_other(string version)
    {
        var all = Enumerable.Range(0, 64).Select(async number =>
        {
            using var pair = await ConnectionPair.OpenAsync();
            var (client, server) = (await pair.ShakeHandsAsync(Keys.Client(version), Keys.Server(version))).Streams;
            await Packet.WriteAsync(client, new[] { (byte)number }, isCompressed: false, pair.End);
            return Assert.Single(await Packet.ReadAsync(server, 10, pair.End));
        });
        Assert.Equal(Enumerable.Range(0, 64).Select(number => (byte)number), await Task.WhenAll(all));
    }
}
