using System.Globalization;
using TcpLens.Core.Metrics;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;
using TcpLens.UnitTests.CommandLine;
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

    public static Report Unreadable { get; } = Of(SampleDetails.Empty) with
    {
        Own = null,
        Values = SeriesValues.Unknown,
        Failure = new("netlink is denied and /proc is not mounted: mount it", "netlink 被拒绝且 /proc 未挂载：请挂载 /proc"),
    };

    /// <summary>The reading, after one in which every counter was the same: all rates are 0.</summary>
    public static Report Of(DetailedReading reading) => new()
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
        report with { Values = report.Values.SetItem(MetricSeries.Find("counter." + counter)!.Place, rate) };

    public static Phrase Sentence(Report report) => Verdict.Of(report, report.Own is { } own ? LimitGauges.Of(own) : []).Sentence;
}
