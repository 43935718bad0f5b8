using System.Globalization;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Metrics;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Diagnosis;
using TcpLens.UnitTests.Zabbix;

namespace TcpLens.UnitTests.Monitoring;

/// <summary>Reports for tests: the ticks of a web server, and a tick that could not read.</summary>
internal static class SampleReports
{
    public static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-11-22T15:00:00Z", CultureInfo.InvariantCulture);

    public static SamplingPace Pace { get; } = new()
    {
        Wanted = TimeSpan.FromSeconds(1),
        Interval = TimeSpan.FromSeconds(1),
        BudgetPercent = 1,
        Cost = TimeSpan.FromMicroseconds(2100),
        UsedPercent = 0.21,
        Missed = 0,
        WatchesAll = false,
    };

    public static Report WebServer { get; } = Of(SampleDetails.WebServer) with
    {
        Others = [SampleReadings.AllNamespaces.Namespaces[1], SampleReadings.AllNamespaces.Namespaces[3]],
    };

    public static Report Unreadable { get; } = Judged(Of(SampleDetails.Empty) with
    {
        Own = null,
        Values = SeriesValues.Unknown,
        Failure = new("netlink is denied and /proc is not mounted: mount it", "netlink 被拒绝且 /proc 未挂载：请挂载 /proc"),
    });

    /// <summary>The reading, after one in which every counter was the same: all rates are 0.</summary>
    public static Report Of(DetailedReading reading) => Judged(new Report
    {
        Number = 2,
        At = At,
        Uptime = TimeSpan.FromSeconds(1),
        HostName = "edge-1",
        Kernel = "6.12.9-amd64",
        Own = reading,
        OwnName = new NamespaceName("host", 4026531840),
        Pace = Pace with { WatchesAll = true },
        Values = SeriesValues.Of(reading, reading, TimeSpan.FromSeconds(1)),
    });

    /// <summary>The same with what the rules say of it at once, while those counters rise and no other.</summary>
    public static Report Judged(Report report, params IEnumerable<(string Counter, double Rate)> rates) => report with
    {
        Health = Health.Of(
            new DiagnosisInput
            {
                Own = report.Own,
                Failure = report.Failure,
                Pace = report.Pace,
                Past = report.Own is { } own ? Scene.Rising(own, rates) : Past.None,
            },
            report.At),
    };

    /// <summary>The tick with that number, one each second, of the same web server unless a reading is given.</summary>
    public static Report Tick(long number, DetailedReading? own = null) => Of(own ?? SampleDetails.WebServer) with
    {
        Number = number,
        At = At + TimeSpan.FromSeconds(number),
        Uptime = TimeSpan.FromSeconds(number),
        Pace = Pace,
    };

    /// <summary>The same with another rate of one counter.</summary>
    public static Report WithRate(this Report report, string counter, double rate) =>
        Judged(report with { Values = report.Values.SetItem(MetricSeries.Find("counter." + counter)!.Place, rate) }, (counter, rate));

    public static Phrase Sentence(Report report) => Verdict.Of(report).Sentence;
}
