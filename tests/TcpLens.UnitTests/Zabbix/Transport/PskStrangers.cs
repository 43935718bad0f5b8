using System.Buffers.Binary;
using System.Security.Cryptography;
using TcpLens.Zabbix.Transport;
using TcpLens.Zabbix.Wire;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

public sealed class PskStrangers
{
    private static readonly PskServerSecurity Server = new(Keys.Ours);

    [Fact]
    public async Task A_client_that_does_not_encrypt_is_turned_away()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var (failure, answer) = await pair.SendAsync(Server, Packet.ToBytes("agent.ping"u8, isCompressed: false));
        Assert.Equal("the client does not encrypt, and unencrypted connections are not accepted here", failure.Message);
        Assert.Empty(answer);
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_named_so()
    {
        using var pair = await ConnectionPair.OpenAsync();
        pair.Client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var (failure, _) = await pair.SendNothingAsync(Server);
        Assert.Equal("the client closed the connection without sending anything", failure.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public async Task A_handshake_that_is_cut_off_ends(int length)
    {
        using var pair = await ConnectionPair.OpenAsync();
        byte[] hello = await HelloAsync();
        await pair.Client.WriteAsync(hello.AsMemory(0, length), pair.End);
        pair.Client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var (failure, _) = await pair.SendNothingAsync(Server);
        Assert.Equal("the client closed the connection during the TLS handshake", failure.Message);
    }

    [Fact]
    public async Task A_client_with_certificates_alone_is_told_apart()
    {
        using var pair = await ConnectionPair.OpenAsync();
        var (failure, answer) = await pair.SendAsync(Server, Record(22, Message(1, Hello([0xC0, 0x2F, 0x00, 0x9C]))));
        Assert.StartsWith("the client offers no pre-shared key", failure.Message, StringComparison.Ordinal);
        // The reason goes to the client as an alert.
        Assert.Equal(21, answer[0]);
    }

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "the TLS handshake failed (record_overflow", [22, 3, 1, 0xFF, 0xFF, .. new byte[1000]] },
        { "the TLS handshake failed (internal_error", Record(22, [1, 0xFF, 0xFF, 0xFF, .. new byte[500]]) },
        { "the TLS handshake failed (internal_error", Record(22, [1, 0, 0x20, 0, .. new byte[0x2000]]) },
        { "the TLS handshake failed (", [.. Record(22, [1]), .. Record(23, new byte[20])] },
        { "the TLS handshake failed (unexpected_message", Record(22, Message(99, new byte[20])) },
        { "the TLS handshake failed (unexpected_message", Record(22, Message(2, new byte[40])) },
        { "the TLS handshake failed (decode_error", Record(22, Message(1, new byte[200])) },
        { "the client offers no pre-shared key", Record(22, Message(1, Hello(new byte[3000]))) },
        { "the TLS handshake failed (", Repeat(Record(20, [1]), 3000, Record(22, [1])) },
        { "the TLS handshake failed (", Repeat(Record(22, []), 4000) },
        { "the peer sent more than 16384 bytes", Repeat(Record(21, [1, 90]), 4000, Record(22, [1])) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_bytes_end_the_connection(string message, byte[] bytes)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var (failure, _) = await pair.SendAsync(Server, bytes);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_that_begins_like_tls_ends_the_connection()
    {
        for (int i = 0; i < 200; i++)
        {
            using var pair = await ConnectionPair.OpenAsync();
            byte[] bytes = RandomNumberGenerator.GetBytes(20_000);
            bytes[0] = 22;
            Assert.NotEmpty((await pair.SendAsync(Server, bytes)).Failure.Message);
        }
    }

    [Fact]
    public async Task A_hello_with_any_bit_turned_never_gets_through()
    {
        byte[] hello = await HelloAsync();
        for (int i = 0; i < hello.Length; i++)
        {
            using var pair = await ConnectionPair.OpenAsync();
            byte[] bytes = [.. hello];
            bytes[i] ^= (byte)(1 << (i % 8));
            var accepting = Server.ProtectAsync(pair.Server, pair.End).AsTask();
            await pair.Client.WriteAsync(bytes, pair.End);
            pair.Client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            await Assert.ThrowsAsync<TransportException>(() => accepting);
        }
    }

    [Fact]
    public async Task A_client_that_trickles_is_ended_by_the_callers_token()
    {
        using var pair = await ConnectionPair.OpenAsync();
        using var end = new CancellationTokenSource();
        var accepting = Server.ProtectAsync(pair.Server, end.Token).AsTask();
        foreach (byte one in (await HelloAsync()).Take(100))
            await pair.Client.WriteAsync(new[] { one }, pair.End);
        Assert.False(accepting.IsCompleted);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting);
    }

    [Theory]
    [MemberData(nameof(Keys.Versions), MemberType = typeof(Keys))]
    public async Task A_client_that_comes_byte_by_byte_is_served(string version)
    {
        using var pair = await ConnectionPair.OpenAsync();
        var accepting = Keys.Server(version).ProtectAsync(pair.Server, pair.End).AsTask();
        var client = await Keys.Client(version).ProtectAsync(new TricklingStream(pair.Client), pair.End);
        await client.WriteAsync(new byte[] { 1, 2, 3 }, pair.End);
        byte[] buffer = new byte[3];
        await (await accepting).ReadExactlyAsync(buffer, pair.End);
        Assert.Equal([1, 2, 3], buffer);
    }

    /// <summary>The first flight of an honest client.</summary>
    private static async Task<byte[]> HelloAsync()
    {
        using var pair = await ConnectionPair.OpenAsync();
        using var end = new CancellationTokenSource();
        var opening = new PskClientSecurity(Keys.Ours).ProtectAsync(pair.Client, end.Token).AsTask();
        byte[] head = new byte[5];
        await pair.Server.ReadExactlyAsync(head, pair.End);
        byte[] body = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(3))];
        await pair.Server.ReadExactlyAsync(body, pair.End);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        return [.. head, .. body];
    }

    private static byte[] Hello(byte[] suites) =>
        [3, 3, .. new byte[32], 0, (byte)(suites.Length >> 8), (byte)suites.Length, .. suites, 1, 0, 0, 13, 0, 13, 0, 4, 0, 2, 4, 1, 0xFF, 1, 0, 1, 0];

    private static byte[] Message(byte type, byte[] body) => [type, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    private static byte[] Record(byte type, byte[] body) => [type, 3, 3, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    private static byte[] Repeat(byte[] part, int times, byte[]? first = null) => [.. first ?? [], .. Enumerable.Repeat(part, times).SelectMany(bytes => bytes)];
}
