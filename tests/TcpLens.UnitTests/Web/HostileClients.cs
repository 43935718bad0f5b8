using System.Net;
using System.Net.Sockets;
using System.Text;
using TcpLens.Core.Filtering;
using TcpLens.Core.Owners;
using TcpLens.Outputs.Web;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Owners;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>Clients that send garbage, too much, too slowly, or too often: the server goes on.</summary>
public sealed class HostileClients
{
    public static TheoryData<string, string, int> Garbage() => new()
    {
        { "no HTTP at all", "\u0001\u0002\u0003 hello\r\n\r\n", 400 },
        { "no host", "GET / HTTP/1.1\r\n\r\n", 400 },
        { "two hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400 },
        { "an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400 },
        { "an old client without a host", "GET / HTTP/1.0\r\n\r\n", 400 },
        { "a foreign name in the first line", "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421 },
        { "a long first line", "GET /" + new string('a', 20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414 },
        { "a long header", "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + new string('a', 40_000) + "\r\n\r\n", 431 },
        { "many headers", "GET / HTTP/1.1\r\nHost: localhost\r\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"X{i}: 1\r\n")) + "\r\n", 431 },
        { "a large form", "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\ntoken=a", 413 },
        { "a form that is none", "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi", 400 },
        { "a length and chunks", "POST /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", 400 },
        { "an upgrade", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 200 },
        { "a null in the path", "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_is_refused_and_the_server_goes_on(string what, string bytes, int status)
    {
        await using var run = await WebRun.StartAsync(WebRun.WithToken);
        string answer = await Exchange(run, Encoding.Latin1.GetBytes(bytes));
        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{what}: {answer.Split('\r')[0]}");
        Assert.DoesNotContain("   at ", answer);
        Assert.Equal(HttpStatusCode.OK, await run.Status("/healthz"));
    }

    [Fact]
    public async Task Random_bytes_and_cut_requests_do_not_stop_the_server()
    {
        await using var run = await WebRun.StartAsync();
        var random = new Random(20261122);
        byte[] good = Encoding.ASCII.GetBytes("GET /api/v1/connections?filter=state:established&limit=5 HTTP/1.1\r\nHost: localhost\r\nCookie: tcplens=1.2\r\nAccept-Encoding: br\r\n\r\n");
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = (byte[])good.Clone();
            for (int flips = random.Next(1, 8); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using var socket = await Connect(run);
            await socket.SendAsync(bytes.AsMemory(0, random.Next(1, bytes.Length)), WebRun.End);
        }

        Assert.Equal(HttpStatusCode.OK, await run.Status("/healthz"));
    }

    [Fact]
    public async Task A_client_that_sends_its_headers_drop_by_drop_is_cut_off()
    {
        await using var run = await WebRun.StartAsync(WebRun.Settings with { Limits = new WebLimits { HeaderTime = TimeSpan.FromSeconds(1) } });
        using var socket = await Connect(run);
        await socket.SendAsync("GET / HTTP/1.1\r\nHost: local"u8.ToArray(), WebRun.End);
        string answer = await ReadToEnd(socket);
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed_at_once()
    {
        await using var run = await WebRun.StartAsync(WebRun.Settings with { Limits = new WebLimits { Connections = 2 } });
        using var first = await Connect(run);
        using var second = await Connect(run);
        // Whoever has an answer is surely counted.
        foreach (var socket in new[] { first, second })
        {
            await socket.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), WebRun.End);
            Assert.NotEqual(0, await socket.ReceiveAsync(new byte[4096], WebRun.End));
        }

        using var third = await Connect(run);
        Assert.Equal("", await ReadToEnd(third));
    }

    [Fact]
    public async Task Passes_over_the_kernel_are_one_at_a_time_and_few_may_wait()
    {
        using var gate = new ManualResetEventSlim();
        var connections = new FakeConnections { Sockets = SampleReadings.Sockets, Gate = gate };
        await using var run = await WebRun.StartAsync(WebRun.Settings with { Limits = new WebLimits { WaitingPasses = 2 } }, connections);
        var asked = Enumerable.Range(0, 6).Select(_ => run.Send(HttpMethod.Get, "/api/v1/connections", null)).ToList();
        List<HttpStatusCode> early = [];
        while (early.Count < 3)
        {
            var done = await Task.WhenAny(asked);
            asked.Remove(done);
            using var response = await done;
            early.Add(response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        gate.Set();
        foreach (var one in asked)
        {
            using var response = await one;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.All(early, status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
        Assert.Equal(1, connections.MostAtOnce);
    }

    [Fact]
    public async Task A_question_whose_asker_has_gone_ends()
    {
        using var entered = new ManualResetEventSlim();
        var endless = new EndlessConnections(entered);
        await using var run = await WebRun.StartAsync(connections: endless);
        using (var socket = await Connect(run))
        {
            await socket.SendAsync("GET /api/v1/connections HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), WebRun.End);
            Assert.True(entered.Wait(TimeSpan.FromMinutes(1), WebRun.End));
        }

        Assert.True(endless.Ended.Wait(TimeSpan.FromMinutes(1), WebRun.End));
    }

    private static async Task<Socket> Connect(WebRun run)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, run.Address.Port, WebRun.End);
        return socket;
    }

    private static async Task<string> Exchange(WebRun run, byte[] bytes)
    {
        using var socket = await Connect(run);
        await socket.SendAsync(bytes, WebRun.End);
        byte[] buffer = new byte[16 * 1024];
        int length = await socket.ReceiveAsync(buffer, WebRun.End);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static async Task<string> ReadToEnd(Socket socket)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, WebRun.End) is > 0 and var length)
                text.Append(Encoding.UTF8.GetString(buffer, 0, length));
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed in anger is closed as well.
        }

        return text.ToString();
    }

    private sealed class EndlessConnections(ManualResetEventSlim entered) : Core.Sources.IConnections
    {
        public ManualResetEventSlim Ended { get; } = new();

        public IReadOnlyList<Core.Sources.NamespacePass> Stream(SocketFilter filter, Func<string, Core.Sources.ISocketSink> sinkOf)
        {
            var sink = sinkOf("host");
            entered.Set();
            var socket = SampleReadings.Sockets[0].Socket;
            while (sink.Take(socket))
                Thread.Yield();
            Ended.Set();
            return [];
        }

        public OwnedPasses StreamOwned(SocketFilter filter, Func<string, IOwnerLookup, Core.Sources.ISocketSink> sinkOf) =>
            new([.. Stream(filter, name => sinkOf(name, new FakeOwners()))], Denied: 0, IsCut: false);
    }
}
