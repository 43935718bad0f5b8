using TcpLens.Core.Metrics;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.UnitTests.Zabbix;

namespace TcpLens.UnitTests.Monitoring;

/// <summary>Reports for tests, one each second.</summary>
internal static class SampleReports
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 17, 0, 0, TimeSpan.Zero);

    /// <summary>The report with that number, of the same web server each time unless a reading is given.</summary>
    public static Report Of(long number, DetailedReading? own = null) => new()
    {
        Number = number,
        At = Start + TimeSpan.FromSeconds(number),
        Uptime = TimeSpan.FromSeconds(number),
        HostName = "web01",
        Kernel = "6.12.0",
        Own = own ?? SampleDetails.WebServer,
        OwnName = new NamespaceName("host", 4026531840),
        Pace = Pace,
        Values = SeriesValues.Of(own ?? SampleDetails.WebServer, null, TimeSpan.Zero),
    };

    public static SamplingPace Pace { get; } = new()
    {
        Wanted = TimeSpan.FromSeconds(1),
        Interval = TimeSpan.FromSeconds(1),
        BudgetPercent = 1,
        Cost = TimeSpan.FromMilliseconds(2),
        UsedPercent = 0.2,
        Missed = 0,
        WatchesAll = false,
    };
}
