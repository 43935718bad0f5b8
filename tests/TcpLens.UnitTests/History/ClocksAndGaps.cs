using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using Xunit;

namespace TcpLens.UnitTests.History;

/// <summary>Time of which nothing is known, and clocks that were set.</summary>
public sealed class ClocksAndGaps
{
    [Fact]
    public void A_failed_tick_stores_nothing_and_a_few_of_them_are_no_gap()
    {
        using var box = new HistoryBox();
        box.Tick(1);
        box.Tick(isRead: false);
        box.Tick(isRead: false);
        box.Tick(2);
        box.Stored();
        Assert.Equal(2, box.Read(HistoryBox.Start, box.Now).Times.Length);
        Assert.Empty(box.Told);
    }

    [Fact]
    public void More_than_three_intervals_without_a_sample_are_a_gap()
    {
        using var box = new HistoryBox();
        box.Tick(1);
        for (int i = 0; i < 100; i++)
            box.Tick(isRead: false);
        box.Tick(2);
        box.Stored();
        var gap = Assert.Single(box.Told);
        Assert.Equal((AnnotationKind.Gap, HistoryBox.Start.AddSeconds(1)), (gap.Kind, gap.At));
        Assert.Equal("Nothing is known of 100 s: the monitor did not run, or could not read or store.", gap.Text.English);
        Assert.Equal(gap, Assert.Single(box.Read(HistoryBox.Start, box.Now).Annotations));
    }

    [Fact]
    public void A_gap_over_a_restart_is_told_and_a_short_restart_is_none()
    {
        using var box = new HistoryBox();
        box.Ticks(5, i => i);
        box.Stored();
        box.Restart();
        box.Pass(TimeSpan.FromSeconds(1));
        box.Tick(1);
        box.Stored();
        Assert.Empty(box.Told);
        box.Restart();
        box.Pass(TimeSpan.FromHours(3));
        box.Tick(1);
        box.Stored();
        Assert.Equal("缺少 3 小时的数据：监控未运行，或无法读取或保存。", Assert.Single(box.Told).Text.In(Language.Chinese));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(3600)]
    [InlineData(40 * 86400)]
    public void A_clock_set_back_costs_no_sample_old_or_new(int seconds)
    {
        using var box = new HistoryBox();
        box.Ticks(600, _ => 10);
        box.Now -= TimeSpan.FromSeconds(seconds);
        var back = box.Now;
        box.Ticks(600, _ => 1000);
        box.Stored();
        Assert.Equal(AnnotationKind.Clock, Assert.Single(box.Told).Kind);
        Assert.Equal(0, box.Store.Status.Lost);

        var from = back < HistoryBox.Start ? back : HistoryBox.Start;
        var all = box.Read(from, box.Now.AddDays(41));
        Assert.Equal(1200, all.Times.Length);
        Assert.Equal(all.Times.Distinct(), all.Times);
        Assert.Equal(600, all.Curves[0].Average.Count(value => value == 10));
        Assert.Equal(600, all.Curves[0].Average.Count(value => value == 1000));
        Assert.Equal(1000, box.Read(box.Now.AddSeconds(-5), box.Now).Curves[0].Maximum[^1]);
    }

    [Fact]
    public void Where_two_times_lie_over_each_other_the_roll_up_has_both()
    {
        using var box = new HistoryBox();
        box.Ticks(3 * 60, _ => 10);
        box.Now -= TimeSpan.FromMinutes(3);
        box.Ticks(3 * 60, _ => 30);
        box.Tick(30);
        box.Stored();
        var minutes = box.Read(HistoryBox.Start, HistoryBox.Start.AddMinutes(3), 3);
        Assert.Equal(TimeSpan.FromMinutes(1), minutes.Step);
        Assert.Equal([10, 10, 10], minutes.Curves[0].Minimum);
        Assert.Equal([30, 30, 30], minutes.Curves[0].Maximum);
        Assert.Equal([20, 20, 20], minutes.Curves[0].Average);
    }

    [Fact]
    public void A_clock_that_goes_ahead_for_a_moment_does_not_cost_the_past()
    {
        using var box = new HistoryBox();
        box.Ticks(7200, i => i);
        box.Now += TimeSpan.FromDays(2000);
        box.Ticks(120, _ => 1);
        box.Now -= TimeSpan.FromDays(2000);
        box.Ticks(120, i => 7320 + i);
        box.Stored();
        Assert.Equal([AnnotationKind.Clock, AnnotationKind.Clock], box.Told.Select(annotation => annotation.Kind));
        Assert.Equal(7200 + 120, box.Read(HistoryBox.Start, box.Now).Times.Length);
        Assert.Equal(HistoryBox.Start, box.Store.Status.Oldest);
    }

    [Fact]
    public void Points_of_the_future_are_told_at_the_next_start()
    {
        using var box = new HistoryBox();
        box.Ticks(10, i => i);
        box.Stored();
        box.Restart();
        box.Now -= TimeSpan.FromDays(300);
        box.Ticks(10, i => i);
        box.Stored();
        Assert.Equal(AnnotationKind.Clock, Assert.Single(box.Told).Kind);
        Assert.Equal(10, box.Read(box.Now.AddMinutes(-1), box.Now).Times.Length);
    }

    [Fact]
    public void What_others_annotate_comes_back_in_order_and_in_both_languages()
    {
        using var box = new HistoryBox();
        var started = new Annotation(HistoryBox.Start, AnnotationKind.Started, new("The monitor started.", "监控已启动。"));
        var changed = new Annotation(HistoryBox.Start.AddSeconds(2), AnnotationKind.KernelSetting, new("tcp_tw_reuse: 2, was 0", "tcp_tw_reuse：由 0 改为 2"));
        box.Store.Add(changed);
        box.Store.Add(started);
        box.Ticks(5, i => i);
        box.Stored();
        Assert.Equal([started, changed], box.Read(HistoryBox.Start, box.Now).Annotations);
        Assert.Equal([changed], box.Read(HistoryBox.Start.AddSeconds(1), box.Now).Annotations);
        Assert.Empty(box.Told);
    }
}
