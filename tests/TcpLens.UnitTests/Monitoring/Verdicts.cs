using System.Globalization;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix.Template;
using TcpLens.TestKit;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Monitoring;

/// <summary>What the monitor says of a report in one sentence.</summary>
public sealed class Verdicts
{
    private static readonly SocketRecord[] s_established =
        [.. Enumerable.Range(1, 100).Select(i => SampleDetails.Socket(TcpState.Established, "192.0.2.1", 443, "198.51.100.1", i))];

    public static TheoryData<string> Names() => [.. All.Keys];

    private static Dictionary<string, Report> All { get; } = new(StringComparer.Ordinal)
    {
        ["nothing"] = SampleReports.Of(SampleDetails.Empty),
        ["one"] = Of([s_established[0]]),
        ["healthy"] = Of(s_established),
        ["accept-queue"] = Of([.. s_established, SampleDetails.Listener("0.0.0.0", 443, 70, 100), SampleDetails.Listener("0.0.0.0", 80, 60, 100)]),
        ["accept-queue-full"] = Of([.. s_established, SampleDetails.Listener("0.0.0.0", 443, 101, 100)]),
        ["half-open"] = Of([SampleDetails.Listener("0.0.0.0", 443, 0, 20), .. Enumerable.Range(1, 12).Select(i => SampleDetails.Socket(TcpState.SynRecv, "192.0.2.1", 443, "203.0.113.9", i))]),
        ["time-wait"] = Of(s_established, counters: new KernelCounters { TimeWaitSockets = 850 }),
        ["orphans"] = Of(s_established, counters: new KernelCounters { Orphans = 1024 }),
        ["memory"] = Of(s_established, counters: new KernelCounters { MemoryPages = 190 }),
        ["ephemeral"] = Of([.. Enumerable.Range(0, 17).Select(i => SampleDetails.Socket(TcpState.TimeWait, "192.0.2.1", 40_000 + i, "192.0.2.50", 5432))],
            SampleDetails.Limits with { EphemeralPorts = new PortRange(40_000, 40_019), ReservedPorts = [] }),
        ["close-wait"] = Of([.. s_established.Take(30), .. Enumerable.Range(1, 10).Select(i => SampleDetails.Socket(TcpState.CloseWait, "192.0.2.1", 443, "198.51.100.2", i))]),
        ["close-wait-few"] = Of([.. s_established.Take(10), .. Enumerable.Range(1, 9).Select(i => SampleDetails.Socket(TcpState.CloseWait, "192.0.2.1", 443, "198.51.100.2", i))]),
        ["syn-sent"] = Of([.. s_established, .. Enumerable.Range(1, 6).Select(i => SampleDetails.Socket(TcpState.SynSent, "192.0.2.1", 3000 + i, "198.51.100.2", 80) with { Retransmits = 3 })]),
        ["fin-wait2"] = Of([.. s_established, .. Enumerable.Range(1, 10).Select(i => SampleDetails.Socket(TcpState.FinWait2, "192.0.2.1", 443, "198.51.100.2", i))]),
        ["overflows"] = Of(s_established).WithRate("ListenOverflows", 0.5),
        ["overflows-many"] = Of(s_established).WithRate("ListenOverflows", 1234.5),
        ["syn-drops"] = Of(s_established).WithRate("TCPReqQFullDrop", 2),
        ["cookies"] = Of(s_established).WithRate("SyncookiesSent", 12),
        ["skipped"] = Of(s_established).WithRate("TCPTimeWaitOverflow", 3),
        ["unreadable"] = SampleReports.Unreadable,
        ["incomplete"] = Incomplete(Of(s_established)),
        ["slow"] = Slow(Of(s_established)),
        ["several"] = SampleReports.Judged(
            Slow(Of([.. s_established, SampleDetails.Listener("0.0.0.0", 443, 101, 100)], counters: new KernelCounters { TimeWaitSockets = 850 })), ("ListenOverflows", 7)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_verdict_reads_as_committed(string name)
    {
        var report = All[name];
        var verdict = Verdict.Of(report);
        Golden.Match("verdict." + name, string.Concat(
            $"{verdict.Level}\n",
            $"{verdict.Sentence.English}\n{verdict.Detail?.English}\n",
            $"{verdict.Sentence.Chinese}\n{verdict.Detail?.Chinese}\n"));
    }

    public static TheoryData<string, double> Macros => new()
    {
        { "ACCEPT_QUEUE.MAX.WARN", Thresholds.Default.AcceptQueueWarning },
        { "ACCEPT_QUEUE.MAX.CRIT", Thresholds.Default.AcceptQueueCritical },
        { "HALF_OPEN.MAX.WARN", Thresholds.Default.HalfOpenWarning },
        { "TIME_WAIT.MAX.WARN", Thresholds.Default.TimeWaitWarning },
        { "TIME_WAIT.SKIPPED.MAX.CRIT", Thresholds.Default.TimeWaitSkippedCritical },
        { "EPHEMERAL.MAX.WARN", Thresholds.Default.EphemeralWarning },
        { "EPHEMERAL.MAX.CRIT", Thresholds.Default.EphemeralCritical },
        { "ORPHANS.MAX.WARN", Thresholds.Default.OrphansWarning },
        { "ORPHANS.MAX.CRIT", Thresholds.Default.OrphansCritical },
        { "MEMORY.MAX.CRIT", Thresholds.Default.MemoryCritical },
        { "CLOSE_WAIT.MIN.WARN", Thresholds.Default.CloseWaitCount },
        { "CLOSE_WAIT.SHARE.MAX.WARN", Thresholds.Default.CloseWaitShare },
        { "CLOSE_WAIT.GROWTH.MAX.CRIT", Thresholds.Default.CloseWaitGrowth },
        { "FIN_WAIT2.MIN.WARN", Thresholds.Default.OwnedFinWait2Count },
        { "SYN_SENT.MIN.WARN", Thresholds.Default.SynSentCount },
        { "SYN_SENT.SHARE.MAX.WARN", Thresholds.Default.SynSentShare },
        { "OVERFLOWS.MAX.WARN", Thresholds.Default.OverflowsWarning },
        { "OVERFLOWS.MAX.CRIT", Thresholds.Default.OverflowsCritical },
        { "SYN_DROPS.MAX.CRIT", Thresholds.Default.SynDropsCritical },
        { "SYN_COOKIES.MAX.WARN", Thresholds.Default.SynCookiesWarning },
    };

    [Fact]
    public void What_the_kernel_does_not_limit_has_no_gauge() => Assert.Empty(LimitGauges.Of(SampleDetails.Empty, Thresholds.Default));

    [Fact]
    public void Gauges_of_ports_and_destinations_are_bounded_and_their_names_differ()
    {
        var gauges = LimitGauges.Of(SampleDetails.Huge, Thresholds.Default);
        Assert.Equal(3 + (2 * LimitGauges.PortsMaximum) + LimitGauges.DestinationsMaximum, gauges.Length);
        Assert.Equal(gauges.Length, gauges.Select(gauge => gauge.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Macros))]
    public void A_threshold_is_that_of_the_Zabbix_template(string macro, double threshold) =>
        Assert.Equal(TemplateMacros.All.Single(one => one.Name == "TCPLENS." + macro).Value, threshold.ToString(CultureInfo.InvariantCulture));

    private static Report Of(IEnumerable<SocketRecord> sockets, KernelLimits? limits = null, KernelCounters? counters = null) =>
        SampleReports.Of(SampleDetails.Of(sockets, limits ?? SampleDetails.Limits, counters ?? new KernelCounters()));

    private static Report Slow(Report report) => SampleReports.Judged(report with
    {
        Pace = report.Pace with { Interval = TimeSpan.FromSeconds(4), Reason = new("reading takes 3 % of a core, 1 % is allowed", "读取占用单核 3%，预算为 1%") },
    });

    private static Report Incomplete(Report report) => SampleReports.Judged(report with
    {
        Own = report.Own! with
        {
            States = report.Own.States with
            {
                Completeness = Completeness.Interrupted,
                CompletenessReason = new Phrase("the table changed during the reading", "读取期间套接字表发生了变化"),
            },
        },
    });
}
