using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TcpLens.Outputs.Web;
using TcpLens.UnitTests.Monitoring;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>The live stream, with readers that come, go, sleep and do not read.</summary>
public sealed class Streams
{
    [Fact]
    public async Task A_stream_begins_with_the_latest_report_and_goes_on_with_each_new_one()
    {
        await using var run = await WebRun.StartAsync();
        using var reader = await Open(run);
        Assert.Equal("retry: 2000", await reader.ReadLineAsync(WebRun.End));
        Assert.Equal("", await reader.ReadLineAsync(WebRun.End));
        Assert.Equal(2, await Next(reader));
        run.Board.Publish(SampleReports.WebServer with { Number = 3 });
        Assert.Equal(3, await Next(reader));
        run.Board.Publish(SampleReports.WebServer with { Number = 4 });
        Assert.Equal(4, await Next(reader));
    }

    [Fact]
    public async Task A_reader_that_comes_back_gets_the_latest()
    {
        await using var run = await WebRun.StartAsync();
        using (var reader = await Open(run))
            Assert.Equal(2, await Next(reader));
        run.Board.Publish(SampleReports.WebServer with { Number = 9 });
        using var again = await Open(run, ("Last-Event-ID", "2026-11-22T14:59:59.000Z-2"));
        Assert.Equal(9, await Next(again));
    }

    [Fact]
    public async Task Silence_is_broken_by_a_sign_of_life()
    {
        await using var run = await WebRun.StartAsync(WebRun.Settings with { Limits = new WebLimits { StreamSilence = TimeSpan.FromMilliseconds(50) } });
        using var reader = await Open(run);
        string? line;
        do
        {
            line = await reader.ReadLineAsync(WebRun.End);
        }
        while (line is not (": alive" or null));

        Assert.Equal(": alive", line);
    }

    [Fact]
    public async Task A_stream_and_a_report_are_the_same_bytes()
    {
        await using var run = await WebRun.StartAsync();
        using var reader = await Open(run);
        string? line;
        do
        {
            line = await reader.ReadLineAsync(WebRun.End);
        }
        while (line?.StartsWith("data: ", StringComparison.Ordinal) == false);

        Assert.Equal(await run.Text("/api/v1/report"), line!["data: ".Length..]);
    }

    [Fact]
    public async Task A_reader_that_does_not_read_skips_and_delays_nobody()
    {
        await using var run = await WebRun.StartAsync();
        using var sleeper = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await sleeper.ConnectAsync(IPAddress.Loopback, run.Address.Port, WebRun.End);
        await sleeper.SendAsync(Encoding.ASCII.GetBytes("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"), WebRun.End);
        using var reader = await Open(run);
        Assert.Equal(2, await Next(reader));

        // Far more than the buffers of both sides hold: 400 reports of some 100 kB.
        var large = SampleReports.WebServer with { Failure = null, Own = SampleReports.WebServer.Own! with { Ports = Zabbix.SampleDetails.Huge.Ports } };
        const int last = 402;
        for (int number = 3; number <= last; number++)
        {
            run.Board.Publish(large with { Number = number });
            long seen = await Next(reader);
            Assert.Equal(number, seen);
        }

        // The sleeper wakes: it gets what was under way, then the latest, and not all that it slept through.
        using var stream = new NetworkStream(sleeper);
        using var awake = new StreamReader(stream);
        List<long> numbers = [];
        while (numbers.LastOrDefault() != last)
            numbers.Add(await Next(awake));
        Assert.InRange(numbers.Count, 1, 200);
    }

    [Fact]
    public async Task More_streams_than_allowed_are_refused_and_a_place_is_free_when_one_leaves()
    {
        await using var run = await WebRun.StartAsync(WebRun.Settings with { Limits = new WebLimits { Streams = 1, StreamSilence = TimeSpan.FromMilliseconds(20) } });
        using (var reader = await Open(run))
        {
            Assert.Equal(2, await Next(reader));
            using var refused = await run.Send(HttpMethod.Get, "/api/v1/stream", null);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        while (await run.Status("/api/v1/stream") != HttpStatusCode.OK)
            await Task.Yield();
    }

    [Fact]
    public async Task The_server_stops_while_streams_are_open()
    {
        var run = await WebRun.StartAsync();
        using var reader = await Open(run);
        Assert.Equal(2, await Next(reader));
        await run.Server.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            string? line = "";
            while (line is not null)
                line = await reader.ReadLineAsync(WebRun.End);
            throw new EndOfStreamException();
        });
    }

    [Fact]
    public async Task A_restart_shows_by_the_name_of_the_run()
    {
        await using var run = await WebRun.StartAsync(change: content => content with { RunStart = SampleReports.At });
        using var reader = await Open(run);
        string? line;
        do
        {
            line = await reader.ReadLineAsync(WebRun.End);
        }
        while (line?.StartsWith("id: ", StringComparison.Ordinal) == false);

        Assert.Equal("id: 2026-11-22T15:00:00.000Z-2", line);
    }

    private static async Task<StreamReader> Open(WebRun run, params (string, string)[] headers)
    {
        var response = await run.Send(HttpMethod.Get, "/api/v1/stream", null, headers);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(WebRun.End));
    }

    private static async Task<long> Next(StreamReader reader)
    {
        while (await reader.ReadLineAsync(WebRun.End) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            using var json = JsonDocument.Parse(line["data: ".Length..]);
            return json.RootElement.GetProperty("number").GetInt64();
        }

        throw new EndOfStreamException("the stream has ended");
    }
}
