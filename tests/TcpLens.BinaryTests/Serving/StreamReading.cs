using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>A dashboard that is left open: reads the stream of reports until it is disposed or the daemon has gone.</summary>
internal sealed class StreamReading : IDisposable
{
    private readonly List<(long Received, StreamedReport Report)> _reports = [];
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly HttpClient _client;
    private readonly Task _reading;

    public StreamReading(Daemon daemon)
    {
        _client = daemon.NewClient();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>What has come so far.</summary>
    public IReadOnlyList<StreamedReport> Reports
    {
        get
        {
            lock (_reports)
                return [.. _reports.Select(one => one.Report)];
        }
    }

    /// <summary>Waits for the first report.</summary>
    public Task FirstAsync() => Eventually.Is(() => Reports.Count > 0 || _reading.IsCompleted, () => "the stream says nothing");

    /// <summary>The moments (milliseconds since 1970) of the reports that came at least so long ago.</summary>
    public IReadOnlyList<long> Before(TimeSpan age)
    {
        lock (_reports)
            return [.. _reports.Where(one => Stopwatch.GetElapsedTime(one.Received) >= age).Select(one => one.Report.At)];
    }

    public void Dispose()
    {
        _end.Cancel();
        _reading.Wait(CancellationToken.None);
        _client.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var response = await _client.GetAsync("/api/v1/stream", HttpCompletionOption.ResponseHeadersRead, _end.Token);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(_end.Token));
            while (await lines.ReadLineAsync(_end.Token) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                    Keep(line.AsMemory(6));
            }
        }
        catch (Exception gone) when (gone is IOException or HttpRequestException or OperationCanceledException)
        {
            // The daemon was killed, or the dashboard closed.
        }
    }

    private void Keep(ReadOnlyMemory<char> data)
    {
        using var document = JsonDocument.Parse(data);
        var report = document.RootElement;
        var pace = report.GetProperty("pace");
        var kept = new StreamedReport(
            report.GetProperty("number").GetInt64(),
            DateTimeOffset.Parse(report.GetProperty("time").GetString()!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),
            pace.GetProperty("interval_seconds").GetDouble(),
            pace.GetProperty("missed").GetInt64(),
            pace.GetProperty("cost_ms").GetDouble());
        lock (_reports)
            _reports.Add((Stopwatch.GetTimestamp(), kept));
    }
}
