using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.UnitTests.Monitoring;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Diagnosis;

/// <summary>A finding opens when its condition lasts, closes when it is gone for a while, and is remembered.</summary>
public sealed class FindingLives
{
    private static readonly DetailedReading s_well = new Scene().Reading;

    private static readonly DetailedReading s_full = new Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 70, 100)] }.Reading;

    private readonly Diagnostician _diagnostician = new();
    private int _second;

    [Fact]
    public void One_odd_report_opens_nothing()
    {
        Assert.Empty(Next(s_full).Open);
        Assert.Empty(Next(s_well).Open);
        Assert.Empty(Next(s_full).Changes);
    }

    [Fact]
    public void What_lasts_opens_once_with_the_time_at_which_it_began()
    {
        Next(s_well);
        Next(s_full);
        Next(s_full);
        var opened = Assert.Single(Next(s_full).Changes);
        Assert.Equal(("accept_queue", At(2), null), (opened.Finding.Rule, opened.Opened, opened.Closed));
        Assert.Empty(Next(s_full).Changes);
    }

    [Fact]
    public void What_is_gone_for_a_moment_stays_open_and_what_is_gone_for_long_closes()
    {
        for (int i = 0; i < 4; i++)
            Next(s_full);
        Assert.Single(Next(s_well).Open);
        Next(s_full);
        for (int i = 0; i < 9; i++)
            Assert.Single(Next(s_well).Open);
        var health = Next(s_well);
        Assert.Empty(health.Open);
        Assert.Equal((At(1), At(16)), (Assert.Single(health.Closed).Opened, health.Closed[0].Closed!.Value));
        Assert.Equal(health.Closed, health.Changes);
    }

    [Fact]
    public void A_reading_that_failed_neither_opens_nor_closes_what_it_cannot_see()
    {
        for (int i = 0; i < 4; i++)
            Next(s_full);
        for (int i = 0; i < 60; i++)
            Next(null);
        var health = Next(null);
        Assert.Contains(health.Open, one => one.Finding.Rule == "accept_queue");
        Assert.Contains(health.Open, one => one.Finding.Rule == "reading");
        for (int i = 0; i < 15 * 60; i++)
            health = Next(null);
        Assert.Equal("reading", Assert.Single(health.Open).Finding.Rule);
    }

    [Fact]
    public void The_worst_stands_first_and_is_remembered()
    {
        var worse = new Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 101, 100), SampleDetails.Listener("0.0.0.0", 80, 60, 100)] }.Reading;
        for (int i = 0; i < 4; i++)
            Next(worse);
        var health = Next(s_full with { Ports = [.. s_full.Ports, .. worse.Ports.Where(port => port.Port == 80)] });
        Assert.Equal("443 80", string.Join(' ', health.Open.Select(one => one.Finding.Subject.Key)));
        // 70 % is below the mark at which a critical finding becomes a warning again, 80 %.
        Assert.Equal((Severity.Warning, Severity.Critical), (health.Open[0].Finding.Level, health.Open[0].Worst));
    }

    [Fact]
    public void A_leak_has_to_last_a_minute()
    {
        var leak = new Scene { Sockets = [.. Scene.Established(30), .. Scene.Many(12, TcpState.CloseWait)] }.Reading;
        for (int i = 0; i < 60; i++)
            Assert.Empty(Next(leak).Open);
        Assert.Equal("close_wait_leak", Assert.Single(Next(leak).Open).Finding.Rule);
    }

    [Fact]
    public void Whoever_watches_for_less_waits_for_less()
    {
        var leak = new Scene { Sockets = [.. Scene.Established(30), .. Scene.Many(12, TcpState.CloseWait)] }.Reading;
        var doctor = new Diagnostician(TimeSpan.FromSeconds(3));
        Health health = Health.Unknown;
        for (int i = 0; i < 5; i++)
            health = doctor.Next(leak, null, null, At(i), TimeSpan.FromSeconds(i));
        Assert.Equal("close_wait_leak", Assert.Single(health.Open).Finding.Rule);
    }

    [Fact]
    public void A_service_that_ends_is_missed_and_one_that_has_just_begun_is_not()
    {
        var serving = new Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 8080, 0, 100)] }.Reading;
        for (int i = 0; i < 30; i++)
            Next(serving);
        for (int i = 0; i < 20; i++)
            Assert.Empty(Next(s_well).Open);
        for (int i = 0; i < 62; i++)
            Next(serving);
        for (int i = 0; i < 10; i++)
            Assert.Empty(Next(s_well).Open);
        Next(s_well);
        Assert.Equal("8080", Assert.Single(Next(s_well).Open).Finding.Subject.Key);
        Assert.Empty(Next(serving).Open);
    }

    [Fact]
    public void A_port_that_the_kernel_gave_may_go()
    {
        var listening = new Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 50_123, 0, 100)] }.Reading;
        for (int i = 0; i < 70; i++)
            Next(listening);
        for (int i = 0; i < 30; i++)
            Assert.Empty(Next(s_well).Open);
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var past = Past.None;
        for (int i = 0; i < 5000; i++)
            past = past.Add(Look.Of(TimeSpan.FromSeconds(i), s_well));
        Assert.InRange(past.Looks.Length, 60, 80);
        Assert.InRange(past.Span.TotalMinutes, 14, 15);

        var tracker = new FindingTracker(TimeSpan.Zero);
        Health health = Health.Unknown;
        for (int i = 0; i < 500; i++)
            health = tracker.Next(new Scene { Gone = i % 2 == 0 ? [new GoneListener((ushort)(i + 1), Past.Longest, Past.Longest)] : [] }.Input(), At(i), TimeSpan.FromSeconds(i));
        Assert.Equal(FindingTracker.ClosedMaximum, health.Closed.Length);
        Assert.Equal("499", health.Closed[0].Finding.Subject.Key);
    }

    [Fact]
    public void Opening_and_closing_explain_the_curves()
    {
        var before = SampleReports.Tick(1);
        for (int i = 0; i < 2; i++)
            Next(s_full);
        var now = SampleReports.Tick(2) with { Health = Next(s_full) };
        var told = Assert.Single(ReportChanges.Between(before, now));
        Assert.Equal((AnnotationKind.Finding, "warning: Accept queue of port 443: 70 of 100 (70 %)."), (told.Kind, told.Text.English));
    }

    private static DateTimeOffset At(int second) => SampleReports.At + TimeSpan.FromSeconds(second);

    private Health Next(DetailedReading? reading) => _diagnostician.Next(reading, reading is null ? new("denied", "被拒绝") : null, null, At(++_second), TimeSpan.FromSeconds(_second));
}
