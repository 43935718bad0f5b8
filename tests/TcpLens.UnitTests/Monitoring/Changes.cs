using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Monitoring;

/// <summary>What explains a curve is told, and nothing else.</summary>
public sealed class Changes
{
    private static readonly Report s_before = SampleReports.Tick(1);

    private static readonly Report s_now = SampleReports.Tick(2);

    [Fact]
    public void Two_equal_reports_have_nothing_to_tell() => Assert.Empty(ReportChanges.Between(s_before, s_now));

    [Fact]
    public void A_kernel_setting_that_changed_is_told_with_both_values()
    {
        var changed = s_now with { Own = SampleDetails.WebServer with { Limits = SampleDetails.Limits with { TimeWaitMaximum = 5000, Syncookies = null } } };
        Assert.Equal(
            [(AnnotationKind.KernelSetting, "tcp_max_tw_buckets: 1000 → 5000"), (AnnotationKind.KernelSetting, "tcp_syncookies: 1 → -")],
            ReportChanges.Between(s_before, changed).Select(one => (one.Kind, one.Text.English)));
    }

    [Theory]
    [InlineData(-3600, "the clock was set back by 3600 s")]
    [InlineData(90, "the clock was set ahead by 90 s")]
    public void A_clock_that_was_set_is_told(int seconds, string text)
    {
        var told = Assert.Single(ReportChanges.Between(s_before, s_now with { At = s_now.At + TimeSpan.FromSeconds(seconds) }));
        Assert.Equal((AnnotationKind.Clock, text), (told.Kind, told.Text.English));
    }

    [Fact]
    public void A_clock_that_drifts_is_not_told() => Assert.Empty(ReportChanges.Between(s_before, s_now with { At = s_now.At + TimeSpan.FromSeconds(1.5) }));

    [Fact]
    public void Another_interval_is_told_with_its_reason()
    {
        var pace = SampleReports.Pace with { Interval = TimeSpan.FromSeconds(10), Reason = new Phrase("dear", "贵") };
        Assert.Equal("interval 1 s → 10 s: dear", Assert.Single(ReportChanges.Between(s_before, s_now with { Pace = pace })).Text.English);
    }

    [Fact]
    public void A_failure_is_told_when_it_begins_and_when_it_ends()
    {
        var failed = s_now with { Own = null, Failure = new Phrase("denied", "被拒绝") };
        Assert.Equal("the sockets cannot be read: denied", Assert.Single(ReportChanges.Between(s_before, failed)).Text.English);
        Assert.Empty(ReportChanges.Between(failed, failed with { At = failed.At + TimeSpan.FromSeconds(1), Uptime = failed.Uptime + TimeSpan.FromSeconds(1) }));
        Assert.Equal("the sockets can be read again", Assert.Single(ReportChanges.Between(failed, SampleReports.Tick(3))).Text.English);
    }

    [Fact]
    public void Another_source_is_told_with_its_reason()
    {
        var states = SampleDetails.WebServer.States;
        var other = s_now with { Own = SampleDetails.WebServer with { States = states with { Source = "proc", SourceReason = new Phrase("denied", "被拒绝") } } };
        Assert.Equal($"read from proc instead of {states.Source}: denied", Assert.Single(ReportChanges.Between(s_before, other)).Text.English);
    }
}
