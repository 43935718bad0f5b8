using System.Diagnostics;
using System.Text.Json;
using TcpLens.BinaryTests.Soak;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>
/// Fifty dashboards and two hundred requests a second on loopback, while the daemon samples each second within 20 % of a core: no sample is lost, every
/// request is answered, and the memory does not grow. <c>TCPLENS_SOAK_SECONDS</c> says for how long.
/// </summary>
[Trait("Category", "Soak")]
[Collection("one after the other")]
public sealed class UnderLoad : IDisposable
{
    private const int Dashboards = 50;
    private const int RequestsPerSecond = 200;

    /// <summary>What the collector may let lie more at the end than in the middle.</summary>
    private const long GrowthKibMax = 6 * 1024;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);

    private readonly DaemonHome _home = new();
    private readonly List<ProcessUse> _use = [];
    private double _seconds;

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(100_000)]
    [InlineData(1000)]
    public async Task No_sample_is_lost_and_the_memory_stays_flat(int sockets)
    {
        SoakSettings.Require();
        UserShell.Build("tcp-load", Directory.GetFiles(RepositoryRoot.Of("bench", "load"), "*.c"));
        await using var daemon = await Daemon.StartAsync(new DaemonStart
        {
            Options = _home.Own("--cpu-budget", "20", "--socket", _home.Socket, "--history-file", _home.History),
            Around = [Path.Combine(UserShell.Directory, "tcp-load"), $"{sockets}", "--"],
        });
        StreamReading[] dashboards = [.. Enumerable.Range(0, Dashboards).Select(_ => new StreamReading(daemon))];
        await Task.WhenAll(dashboards.Select(one => one.FirstAsync()));
        var load = new ApiLoad(daemon, RequestsPerSecond);
        double rate;
        await using (load)
        {
            await Task.Delay(s_warmUp, End);
            await WatchAsync(daemon, TimeSpan.FromSeconds(SoakSettings.Seconds));
            rate = load.Rate;
        }

        var reports = dashboards[0].Reports;
        int shown = dashboards.Min(one => one.Reports.Count);
        foreach (var one in dashboards)
            one.Dispose();
        var stored = await daemon.HistoryAsync(history => history.GetProperty("times").GetArrayLength() >= reports[^1].Number);
        long lost = Lost([.. stored.GetProperty("times").EnumerateArray().Select(time => time.GetInt64())], reports);
        Tell(sockets, load, rate, reports, shown, lost);
        Assert.Equal((0, 0), (lost, reports[^1].Missed));
        Assert.Empty(load.Failures);
        Assert.InRange(rate, RequestsPerSecond * 0.97, RequestsPerSecond * 1.03);
        Assert.InRange(shown, reports.Count * 9 / 10, int.MaxValue);
        long[] settled = [.. _use.Select(use => use.ResidentKib)];
        Assert.InRange(settled[(settled.Length * 2 / 3)..].Max(), 1, settled[..(settled.Length * 2 / 3)].Max() + GrowthKibMax);
        Assert.Contains(", 0 missed, 0 not stored", (await daemon.StopAsync()).Error, StringComparison.Ordinal);
    }

    private async Task WatchAsync(Daemon daemon, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        _use.Add(ProcessUse.Of(daemon.Id));
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), End);
            _use.Add(ProcessUse.Of(daemon.Id));
        }

        _seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // Each report announces when the next is due; one that was due and is not in the file is lost.
    private static long Lost(long[] stored, IReadOnlyList<StreamedReport> reports)
    {
        var announced = reports.ToDictionary(report => report.At, report => report.IntervalSeconds);
        double longest = reports.Max(report => report.IntervalSeconds);
        long lost = 0;
        for (int i = 1; i < stored.Length; i++)
        {
            double due = announced.GetValueOrDefault(stored[i - 1], longest);
            lost += Math.Max(0, (long)Math.Round((stored[i] - stored[i - 1]) / 1000.0 / due) - 1);
        }

        return lost;
    }

    private void Tell(int sockets, ApiLoad load, double rate, IReadOnlyList<StreamedReport> reports, int shown, long lost)
    {
        var (first, last) = (_use[0], _use[^1]);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{sockets} sockets, {_seconds:0} s: {reports.Count} samples at an interval of at most {reports.Max(report => report.IntervalSeconds)} s, {lost} lost, {reports[^1].Missed} missed; "
            + $"{Dashboards} dashboards, each shown at least {shown}; {rate:0.0} answers a second, half within {load.Quantile(0.5):0.0} ms, 99 % within {load.Quantile(0.99):0.0} ms, "
            + $"all within {load.Quantile(1):0} ms, failures: {JsonSerializer.Serialize(load.Failures)}; "
            + $"CPU {100 * (last.CpuSeconds - first.CpuSeconds) / _seconds:0.0} % of a core, of it sampling {100 * (last.SamplingSeconds - first.SamplingSeconds) / _seconds:0.0} %; "
            + $"RSS {first.ResidentKib / 1024.0:0.0} MiB after the warm-up, {last.ResidentKib / 1024.0:0.0} MiB at the end, {_use.Max(use => use.ResidentKib) / 1024.0:0.0} MiB at most");
    }
}
