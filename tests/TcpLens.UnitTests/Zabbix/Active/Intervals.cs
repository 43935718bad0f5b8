using TcpLens.Zabbix.Active;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Active;

/// <summary>The examples of the Zabbix manual, "Custom intervals", and what their edges do.</summary>
public sealed class Intervals
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("30", 0, "2026-03-04 05:00:00", "2026-03-04 05:00:30")]
    [InlineData("30s", 7, "2026-03-04 05:00:00", "2026-03-04 05:00:07")]
    [InlineData("30s", 7, "2026-03-04 05:00:07", "2026-03-04 05:00:37")]
    [InlineData("1m", 61, "2026-03-04 05:00:00", "2026-03-04 05:00:01")]
    [InlineData("1s", 12345, "2026-03-04 05:00:00", "2026-03-04 05:00:01")]
    [InlineData("1d", 0, "2026-03-04 05:00:00", "2026-03-05 00:00:00")]
    // Flexible: 50 s in office hours of working days (4 March 2026 is a Wednesday), else the plain one.
    [InlineData("1h;50s/1-5,09:00-18:00", 0, "2026-03-04 05:00:00", "2026-03-04 06:00:00")]
    [InlineData("1h;50s/1-5,09:00-18:00", 0, "2026-03-04 08:30:00", "2026-03-04 09:00:00")]
    [InlineData("1h;50s/1-5,09:00-18:00", 0, "2026-03-04 09:00:00", "2026-03-04 09:00:50")]
    [InlineData("1h;50s/1-5,09:00-18:00", 0, "2026-03-07 09:00:00", "2026-03-07 10:00:00")]
    [InlineData("0;10s/6-7,00:00-24:00", 0, "2026-03-04 05:00:00", "2026-03-07 00:00:00")]
    [InlineData("10s;0/1-7,00:00-12:00", 3, "2026-03-04 05:00:00", "2026-03-04 12:00:03")]
    [InlineData("1m;30s/1-7,00:00-24:00;10s/3,05:00-06:00", 0, "2026-03-04 05:00:00", "2026-03-04 05:00:10")]
    // Scheduled.
    [InlineData("0;md1", 0, "2026-03-04 05:00:00", "2026-04-01 00:00:00")]
    [InlineData("0;h9m30", 0, "2026-03-04 05:00:00", "2026-03-04 09:30:00")]
    [InlineData("0;h9m30", 0, "2026-03-04 09:30:00", "2026-03-05 09:30:00")]
    [InlineData("0;wd1-5h9", 0, "2026-03-06 09:00:00", "2026-03-09 09:00:00")]
    [InlineData("0;md1wd1-5h9m30", 0, "2026-03-04 05:00:00", "2026-04-01 09:30:00")]
    [InlineData("0;md31", 0, "2026-03-31 00:00:00", "2026-05-31 00:00:00")]
    [InlineData("0;m0-59/15", 0, "2026-03-04 05:16:00", "2026-03-04 05:30:00")]
    [InlineData("0;s/20", 0, "2026-03-04 05:00:41", "2026-03-04 05:01:00")]
    [InlineData("0;h/2", 0, "2026-03-04 05:00:00", "2026-03-04 06:00:00")]
    [InlineData("0;h9,11-12;h10", 0, "2026-03-04 09:00:00", "2026-03-04 10:00:00")]
    [InlineData("0;m5s30", 0, "2026-03-04 05:05:30", "2026-03-04 06:05:30")]
    // Both: whichever comes first.
    [InlineData("1h;h5m10", 0, "2026-03-04 05:00:00", "2026-03-04 05:10:00")]
    [InlineData("1m;h5m10", 0, "2026-03-04 05:00:00", "2026-03-04 05:01:00")]
    public void An_item_is_due(string text, ulong seed, string now, string expected) => Assert.Equal(At(expected), Parse(text).Next(seed, At(now), TimeZoneInfo.Utc));

    [Fact]
    public void Hours_and_days_are_those_of_the_time_zone()
    {
        Assert.Equal(At("2026-03-04 08:30:00"), Parse("0;h9m30").Next(0, At("2026-03-04 05:00:00"), s_berlin));
        Assert.Equal(At("2026-03-04 08:00:00"), Parse("1h;50s/1-5,09:00-18:00").Next(0, At("2026-03-04 07:59:59"), s_berlin));
    }

    [Fact]
    public void An_hour_that_the_clocks_leave_out_is_left_out_and_one_that_comes_twice_is_taken_once()
    {
        // 29 March 2026: from 02:00 to 03:00. 25 October: from 03:00 back to 02:00.
        Assert.Equal(At("2026-03-30 00:30:00"), Parse("0;h2m30").Next(0, At("2026-03-28 05:00:00"), s_berlin));
        long once = Parse("0;h2m30").Next(0, At("2026-10-24 05:00:00"), s_berlin)!.Value;
        Assert.Equal(At("2026-10-25 01:30:00"), once);
        Assert.Equal(At("2026-10-26 01:30:00"), Parse("0;h2m30").Next(0, once, s_berlin));
    }

    [Fact]
    public void What_does_not_come_within_a_year_is_not_due() => Assert.Null(Parse("0;1h/1,00:00-00:01").Next(120, At("2026-03-04 05:00:00"), TimeZoneInfo.Utc));

    [Fact]
    public void Items_are_spread_over_their_interval_and_stay_where_they_are()
    {
        var interval = Parse("1m");
        var due = Enumerable.Range(0, 600).Select(item => interval.Next((ulong)item, At("2026-03-04 05:00:00"), TimeZoneInfo.Utc)!.Value).ToArray();
        Assert.Equal(60, due.Distinct().Count());
        Assert.All(due.Index(), one => Assert.Equal(one.Item + 60, interval.Next((ulong)one.Index, one.Item, TimeZoneInfo.Utc)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1x")]
    [InlineData("2d")]
    [InlineData("1w")]
    [InlineData("{$MACRO}")]
    [InlineData("1m;")]
    [InlineData("1m;50s")]
    [InlineData("1m;50s/1-5")]
    [InlineData("1m;50s/5-1,00:00-24:00")]
    [InlineData("1m;50s/0,00:00-24:00")]
    [InlineData("1m;50s/1-8,00:00-24:00")]
    [InlineData("1m;50s/1,09:00-09:00")]
    [InlineData("1m;50s/1,09:00-24:01")]
    [InlineData("1m;50s/1,09:60-24:00")]
    [InlineData("1m;h")]
    [InlineData("1m;h24")]
    [InlineData("1m;h5md1")]
    [InlineData("1m;md0")]
    [InlineData("1m;md32")]
    [InlineData("1m;wd8")]
    [InlineData("1m;m5-4")]
    [InlineData("1m;m5/2")]
    [InlineData("1m;s/0")]
    [InlineData("1m;s1,")]
    [InlineData("0;0/1-7,00:00-24:00")]
    public void What_is_no_interval_is_refused(string text) => Assert.False(UpdateInterval.TryParse(text, out _));

    private static UpdateInterval Parse(string text) => UpdateInterval.TryParse(text, out var interval) ? interval : throw new InvalidOperationException($"no interval: {text}");

    private static long At(string text) => DateTimeOffset.Parse(text + "Z").ToUnixTimeSeconds();
}
