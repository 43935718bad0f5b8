using TcpLens.Core.Monitoring;
using Xunit;

namespace TcpLens.UnitTests.Monitoring;

/// <summary>Sampling keeps to its CPU budget by taking its time, and says so.</summary>
public sealed class PaceKeeping
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Cheap_ticks_keep_the_wanted_interval()
    {
        var pace = After(20, milliseconds: 9, new PaceKeeper(s_second, 1, watchesAll: false));
        Assert.Equal(s_second, pace.Interval);
        Assert.Null(pace.Reason);
        Assert.Equal(0.9, pace.UsedPercent, 6);
    }

    [Theory]
    [InlineData(11, 2)]
    [InlineData(70, 10)]
    [InlineData(1000, 120)]
    public void Dear_ticks_stretch_the_interval_until_they_are_within_the_budget(int milliseconds, int seconds)
    {
        var pace = After(20, milliseconds, new PaceKeeper(s_second, 1, watchesAll: false));
        Assert.Equal(TimeSpan.FromSeconds(seconds), pace.Interval);
        Assert.True(pace.UsedPercent <= 1, $"{pace.UsedPercent} %");
        Assert.NotNull(pace.Reason);
    }

    [Fact]
    public void A_budget_that_no_interval_keeps_is_overdrawn_and_said()
    {
        var pace = After(20, 60_000, new PaceKeeper(s_second, 1, watchesAll: false));
        Assert.Equal(PaceKeeper.LongestInterval, pace.Interval);
        Assert.Contains("overdrawn", pace.Reason!.Value.English, StringComparison.Ordinal);
    }

    [Fact]
    public void One_dear_tick_among_many_changes_nothing()
    {
        var keeper = new PaceKeeper(s_second, 1, watchesAll: false);
        After(20, 1, keeper);
        Assert.Equal(s_second, keeper.Next(TimeSpan.FromMilliseconds(40), 0).Interval);
    }

    [Fact]
    public void The_first_ticks_meet_cold_caches_and_do_not_count()
    {
        var keeper = new PaceKeeper(s_second, 1, watchesAll: false);
        Assert.Equal(s_second, keeper.Next(TimeSpan.FromMilliseconds(100), 0).Interval);
        Assert.Equal(s_second, keeper.Next(TimeSpan.FromMilliseconds(1), 0).Interval);
    }

    [Fact]
    public void When_ticks_are_cheap_again_the_interval_comes_back()
    {
        var keeper = new PaceKeeper(s_second, 1, watchesAll: false);
        After(20, 70, keeper);
        Assert.Equal(s_second, After(30, 1, keeper).Interval);
    }

    [Fact]
    public void At_the_border_of_two_intervals_the_pace_stays_where_it_is()
    {
        var keeper = new PaceKeeper(s_second, 1, watchesAll: false);
        After(20, 11, keeper);
        Assert.Equal(TimeSpan.FromSeconds(2), After(20, 9.5, keeper).Interval);
    }

    [Fact]
    public void A_wanted_interval_beyond_the_longest_is_kept() =>
        Assert.Equal(TimeSpan.FromHours(1), After(20, 60_000_000, new PaceKeeper(TimeSpan.FromHours(1), 1, watchesAll: false)).Interval);

    private static SamplingPace After(int ticks, double milliseconds, PaceKeeper keeper)
    {
        SamplingPace pace;
        do
            pace = keeper.Next(TimeSpan.FromMilliseconds(milliseconds), 0);
        while (--ticks > 0);
        return pace;
    }
}
