using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TcpLens.Zabbix;
using TcpLens.Zabbix.Passive;
using TcpLens.Zabbix.Transport;
using TcpLens.Zabbix.Wire;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Passive;

/// <summary>The passive agent over real sockets of the loopback.</summary>
public sealed class AnsweringLikeAnAgent : IItemSource
{
    private readonly LogLines _log = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly TaskCompletionSource _isAsked = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_answered_in_text_and_JSON_in_JSON()
    {
        await using var agent = Start();
        Assert.Equal("value of a.key[1]", await AskAsync(agent, "a.key[1]"));
        Assert.Equal("value of a.key", await AskAsync(agent, "a.key\r\n"));
        Assert.Equal("ZBX_NOTSUPPORTED\0Unsupported item key.", await AskAsync(agent, "unknown"));
        Assert.Equal(
            """{"version":"7.0.0","variant":1,"data":[{"value":"value of a"},{"error":"Unsupported item key."},{"error":"Unsupported timeout value."},{"value":"value of b"}]}""",
            await AskAsync(agent, """{"request":"passive checks","data":[{"key":"a","timeout":3},{"key":"unknown"},{"key":"c","timeout":"x"},{"key":"b","timeout":"9s"}]}"""));
        Assert.Equal("""{"version":"7.0.0","variant":1,"error":"received empty \"data\" tag"}""", await AskAsync(agent, """{"request":"passive checks","data":[]}"""));
        Assert.Equal("a.key[1] a.key unknown a unknown b", string.Join(' ', _asked));
        Assert.Equal(new PassiveCounts(Answered: 5, Refused: 0, Failed: 0), await CountsAsync(agent, counts => counts.Answered == 5));
    }

    [Fact]
    public async Task A_compressed_request_gets_a_plain_answer_and_bytes_behind_it_do_not_eat_the_answer()
    {
        await using var agent = Start();
        using var client = await ConnectAsync(agent);
        await client.SendAsync((byte[])[.. Packet.ToBytes("big"u8, isCompressed: true), .. new byte[20_000]], Cancel);
        byte[] answer = await ReadToEndAsync(client);
        Assert.Equal(1, answer[4]);
        Assert.Equal(new string('x', 3_000_000), Encoding.ASCII.GetString(await Packet.ReadAsync(new MemoryStream(answer), 1 << 24, Cancel)));
    }

    [Fact]
    public async Task A_client_that_has_ended_its_side_is_answered()
    {
        await using var agent = Start();
        using var client = await ConnectAsync(agent);
        await client.SendAsync(Packet.ToBytes("a"u8, isCompressed: false), Cancel);
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(Packet.ToBytes("value of a"u8, isCompressed: false), await ReadToEndAsync(client));
    }

    [Fact]
    public async Task Strangers_are_closed_unread_before_any_handshake_and_the_log_does_not_grow_with_them()
    {
        var security = new CountedSecurity();
        await using var agent = Start(settings => settings with { Allow = Allow("192.0.2.1,2001:db8::/32"), Security = security });
        for (int knock = 0; knock < 3 * LogRation.LinesPerMinute; knock++)
        {
            using var client = await ConnectAsync(agent);
            Assert.Empty(await ReadToEndAsync(client));
        }

        Assert.Equal(new PassiveCounts(0, 30, 0), await CountsAsync(agent, counts => counts.Refused == 30));
        Assert.Equal(0, security.Handshakes);
        Assert.Empty(_asked);
        Assert.Equal(LogRation.LinesPerMinute, _log.Count("refused 127.0.0.1"));
    }

    [Fact]
    public async Task A_peer_allowed_by_name_is_answered_and_one_that_is_not_is_closed()
    {
        var names = new Dictionary<string, IPAddress[]>(StringComparer.Ordinal) { ["here.example.com"] = [IPAddress.Loopback], ["there.example.com"] = [IPAddress.Parse("192.0.2.1")] };
        await using var here = Start(settings => settings with { Allow = Allow("here.example.com") }, resolve: Resolve);
        Assert.Equal("value of a", await AskAsync(here, "a"));
        await using var there = Start(settings => settings with { Allow = Allow("there.example.com") }, resolve: Resolve);
        using var client = await ConnectAsync(there);
        Assert.Empty(await ReadToEndAsync(client));

        async Task<IPAddress[]> Resolve(string name, CancellationToken cancel)
        {
            await Task.Yield();
            return names[name];
        }
    }

    [Fact]
    public async Task Several_addresses_are_listened_at_and_the_open_one_takes_both_families()
    {
        await using var agent = Start(settings => settings with { Listen = [new(IPAddress.Loopback, 0), new(IPAddress.IPv6Loopback, 0), new(IPAddress.IPv6Any, 0)] });
        Assert.Equal(3, agent.EndPoints.Length);
        Assert.DoesNotContain(0, agent.EndPoints.Select(endPoint => endPoint.Port));
        Assert.Equal("value of a", await AskAsync(agent.EndPoints[0], "a"));
        Assert.Equal("value of a", await AskAsync(agent.EndPoints[1], "a"));
        Assert.Equal("value of a", await AskAsync(new IPEndPoint(IPAddress.IPv6Loopback, agent.EndPoints[2].Port), "a"));
        Assert.Equal("value of a", await AskAsync(new IPEndPoint(IPAddress.Loopback, agent.EndPoints[2].Port), "a"));
    }

    [Fact]
    public async Task A_restart_takes_the_port_at_once_and_a_second_agent_does_not_get_it()
    {
        var agent = Start();
        var place = agent.EndPoints[0];
        using (var client = await ConnectAsync(agent))
        {
            // The agent closes first: its side keeps TIME_WAIT.
            await client.SendAsync(Packet.ToBytes("a"u8, isCompressed: false), Cancel);
            await ReadToEndAsync(client);
        }

        var refusal = Assert.Throws<PassiveListenException>(() => Start(settings => settings with { Listen = [new(IPAddress.Loopback, 0), place] }));
        Assert.Equal((place, SocketError.AddressAlreadyInUse), (refusal.EndPoint, refusal.Error));
        await agent.DisposeAsync();
        await agent.DisposeAsync();
        await using var again = Start(settings => settings with { Listen = [place] });
        Assert.Equal("value of a", await AskAsync(again, "a"));
    }

    [Fact]
    public async Task An_item_that_is_not_there_in_time_is_not_supported()
    {
        await using var agent = Start(settings => settings with { Timeout = TimeSpan.FromMilliseconds(50) });
        Assert.Equal("ZBX_NOTSUPPORTED\0Timeout occurred while gathering data.", await AskAsync(agent, "never"));
        Assert.Equal("ZBX_NOTSUPPORTED\0Timeout occurred while gathering data.", await AskAsync(agent, "deaf"));
        Assert.Equal(
            """{"version":"7.0.0","variant":1,"data":[{"value":"value of a"},{"error":"Timeout occurred while gathering data."},{"error":"Timeout occurred while gathering data."},{"value":"value of b"}]}""",
            await AskAsync(agent, """{"request":"passive checks","data":[{"key":"a"},{"key":"never","timeout":2},{"key":"late","timeout":1},{"key":"b","timeout":600}]}"""));
        Assert.DoesNotContain("late", _asked, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_source_that_gives_up_or_breaks_is_an_answer()
    {
        await using var agent = Start();
        Assert.Equal("ZBX_NOTSUPPORTED\0Gathering of the value was cancelled.", await AskAsync(agent, "cancelled"));
        Assert.Equal("ZBX_NOTSUPPORTED\0Internal error: a defect", await AskAsync(agent, "broken"));
        Assert.Equal(1, _log.Count("the item source failed at broken"));
        Assert.Equal("value of a", await AskAsync(agent, "a"));
    }

    [Fact]
    public async Task What_is_no_request_gets_no_answer()
    {
        await using var agent = Start();
        await SendAndBeClosedAsync(agent, "GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await SendAndBeClosedAsync(agent, [.. "ZBXD"u8, 9, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
        await SendAndBeClosedAsync(agent, [.. "ZBXD"u8, 1, 1, 0, 1, 0, 0, 0, 0, 0]);
        await SendAndBeClosedAsync(agent, [.. "ZBXD"u8, 3, 3, 0, 0, 0, 10, 0, 0, 0, 1, 2, 3]);
        using (var cut = await ConnectAsync(agent))
        {
            await cut.SendAsync("ZBXD\u0001"u8.ToArray(), Cancel);
            cut.Shutdown(SocketShutdown.Send);
            Assert.Empty(await ReadToEndAsync(cut));
        }

        using (await ConnectAsync(agent))
        {
            // A look whether the port is open: counted, not logged.
        }

        Assert.Equal(new PassiveCounts(0, 0, 6), await CountsAsync(agent, counts => counts.Failed == 6));
        Assert.Equal(5, _log.Count("no answer for 127.0.0.1"));
        Assert.Equal(1, _log.Count("the packet announces 65537 bytes, at most 65536 are taken"));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Who_says_nothing_is_closed_after_a_while()
    {
        await using var agent = Start(settings => settings with { Patience = TimeSpan.FromMilliseconds(50) });
        using var silent = await ConnectAsync(agent);
        Assert.Empty(await ReadToEndAsync(silent));
        await CountsAsync(agent, counts => counts.Failed == 1);
        Assert.Equal(1, _log.Count("handshake and request took longer than 0.05 s"));
    }

    [Fact]
    public async Task Two_hundred_honest_clients_are_answered_beside_slow_and_hostile_ones()
    {
        await using var agent = Start(settings => settings with { ConnectionsMaximum = 64, Patience = TimeSpan.FromSeconds(3) });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var hostile = Enumerable.Range(0, 100).Select(i => Task.Run(() => MolestAsync(agent.EndPoints[0], i % 5, over.Token), Cancel)).ToArray();
        await CountsAsync(agent, counts => counts.Failed > 0);
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => AskAsync(agent, i % 2 == 0 ? $"k{i}" : $$"""{"request":"passive checks","data":[{"key":"k{{i}}","timeout":3}]}""")));
        for (int i = 0; i < answers.Length; i++)
            Assert.Equal(i % 2 == 0 ? $"value of k{i}" : $$"""{"version":"7.0.0","variant":1,"data":[{"value":"value of k{{i}}"}]}""", answers[i]);
        await over.CancelAsync();
        await Task.WhenAll(hostile);
    }

    [Fact]
    public async Task Whoever_finds_no_place_waits_for_one()
    {
        await using var agent = Start(settings => settings with { ConnectionsMaximum = 2, Timeout = TimeSpan.FromMinutes(5) });
        using var first = await ConnectAsync(agent);
        using var second = await ConnectAsync(agent);
        await first.SendAsync(Packet.ToBytes("never"u8, isCompressed: false), Cancel);
        await second.SendAsync(Packet.ToBytes("released"u8, isCompressed: false), Cancel);
        await UntilAsync(() => _asked.Count == 2);
        var third = AskAsync(agent, "a");
        await UntilAsync(() => _log.Count("all 2 connections are in use") == 1);
        Assert.False(third.IsCompleted);
        _isAsked.SetResult();
        Assert.Equal("value of released", await ReadAnswerAsync(second));
        second.Dispose();
        Assert.Equal("value of a", await third);
    }

    [Fact]
    public async Task Disposal_ends_answers_under_way()
    {
        var agent = Start(settings => settings with { Timeout = TimeSpan.FromMinutes(5), Patience = TimeSpan.FromMinutes(5) });
        using var silent = await ConnectAsync(agent);
        using var waiting = await ConnectAsync(agent);
        using var deaf = await ConnectAsync(agent);
        await waiting.SendAsync(Packet.ToBytes("never"u8, isCompressed: false), Cancel);
        await deaf.SendAsync(Packet.ToBytes("deaf"u8, isCompressed: false), Cancel);
        await UntilAsync(() => _asked.Count == 2);
        await agent.DisposeAsync();
        Assert.Empty(await ReadToEndAsync(silent));
        Assert.Empty(await ReadToEndAsync(waiting));
        Assert.Empty(await ReadToEndAsync(deaf));
        await Assert.ThrowsAnyAsync<SocketException>(() => ConnectAsync(agent));
        Assert.Equal(1, _log.Count("answers Zabbix no more"));
    }

    async ValueTask<AgentAnswer> IItemSource.AnswerAsync(string key, CancellationToken cancel)
    {
        _asked.Enqueue(key);
        await Task.Yield();
        switch (key)
        {
            case "unknown":
                return AgentAnswer.NotSupported("Unsupported item key.");
            case "big":
                return AgentAnswer.Value(new string('x', 3_000_000));
            case "never":
                await Task.Delay(Timeout.Infinite, cancel);
                break;
            case "deaf":
                await Task.Delay(Timeout.Infinite, Cancel);
                break;
            case "released":
                await _isAsked.Task.WaitAsync(cancel);
                break;
            case "cancelled":
                throw new OperationCanceledException();
            case "broken":
                throw new InvalidOperationException("a defect");
            default:
                break;
        }

        return AgentAnswer.Value("value of " + key);
    }

    private static async Task<Socket> ConnectAsync(PassiveAgent agent) => await ConnectAsync(agent.EndPoints[0], Cancel);

    private static async Task<Socket> ConnectAsync(IPEndPoint place, CancellationToken cancel)
    {
        var client = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await client.ConnectAsync(place, cancel);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static Task<string> AskAsync(PassiveAgent agent, string request) => AskAsync(agent.EndPoints[0], request);

    private static async Task<string> AskAsync(IPEndPoint place, string request)
    {
        using var client = await ConnectAsync(place, Cancel);
        await client.SendAsync(Packet.ToBytes(Encoding.UTF8.GetBytes(request), isCompressed: false), Cancel);
        return await ReadAnswerAsync(client);
    }

    private static async Task<string> ReadAnswerAsync(Socket client)
    {
        await using var stream = new NetworkStream(client);
        return Encoding.UTF8.GetString(await Packet.ReadAsync(stream, 1 << 24, Cancel));
    }

    // A reset is an end as well, unless something had to come.
    private static async Task<byte[]> ReadToEndAsync(Socket client)
    {
        var all = new MemoryStream();
        byte[] part = new byte[65_536];
        try
        {
            while (await client.ReceiveAsync(part, Cancel) is > 0 and var count)
                all.Write(part, 0, count);
        }
        catch (SocketException)
        {
            Assert.Equal(0, all.Length);
        }

        return all.ToArray();
    }

    private static async Task SendAndBeClosedAsync(PassiveAgent agent, byte[] bytes)
    {
        using var client = await ConnectAsync(agent);
        await client.SendAsync(bytes, Cancel);
        Assert.Empty(await ReadToEndAsync(client));
    }

    // One hostile client, again and again: silent, one byte at a time, garbage, half-closed, or never taking its answer.
    private static async Task MolestAsync(IPEndPoint place, int kind, CancellationToken end)
    {
        byte[] request = Packet.ToBytes("big"u8, isCompressed: false);
        byte[] sends = kind switch { 0 => [], 1 => request[..10], 2 => "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), 3 => request[..13], _ => request };
        byte[] waste = new byte[100];
        try
        {
            while (!end.IsCancellationRequested)
            {
                using var client = await ConnectAsync(place, end);
                client.ReceiveBufferSize = 4096;
                try
                {
                    for (int at = 0; at < sends.Length && kind == 1; at++)
                        await client.SendAsync(sends.AsMemory(at, 1), end);
                    if (kind != 1)
                        await client.SendAsync(sends, end);
                    if (kind == 3)
                        client.Shutdown(SocketShutdown.Send);
                    while (await client.ReceiveAsync(waste, end) > 0)
                        await Task.Delay(100, end);
                }
                catch (SocketException)
                {
                    // Closed by the agent: once more.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The honest ones are through.
        }
    }

    private static async Task<PassiveCounts> CountsAsync(PassiveAgent agent, Func<PassiveCounts, bool> condition)
    {
        await UntilAsync(() => condition(agent.Counts));
        return agent.Counts;
    }

    // A minute is no measurement: it ends a test whose condition never comes.
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(10, limit.Token);
    }

    private static AllowList Allow(string text) => AllowList.TryParse(text, out var list, out var problem) ? list : throw new ArgumentException(problem.Message, nameof(text));

    private PassiveAgent Start(Func<PassiveAgentSettings, PassiveAgentSettings>? change = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var settings = new PassiveAgentSettings([new(IPAddress.Loopback, 0)], Allow("127.0.0.1,::1"), "7.0.0") { Patience = TimeSpan.FromSeconds(30), Timeout = TimeSpan.FromSeconds(30) };
        return PassiveAgent.Start(change?.Invoke(settings) ?? settings, this, _log, TimeProvider.System, resolve ?? ((_, _) => throw new InvalidOperationException("no name was to be looked up")));
    }

    private sealed class CountedSecurity : IServerSecurity
    {
        public int Handshakes { get; private set; }

        public ValueTask<Stream> ProtectAsync(Stream connection, CancellationToken cancel)
        {
            Handshakes++;
            return ValueTask.FromResult(connection);
        }
    }
}
