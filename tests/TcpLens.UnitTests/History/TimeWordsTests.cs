using TcpLens.Core.History;
using Xunit;

namespace TcpLens.UnitTests.History;

/// <summary>Moments as they are written on command lines and in addresses.</summary>
public sealed class TimeWordsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 4, 5, 6, 7, 890, TimeSpan.Zero);

    [Theory]
    [InlineData("now", "2026-03-04T05:06:07.890Z")]
    [InlineData(" NOW ", "2026-03-04T05:06:07.890Z")]
    [InlineData("-2h", "2026-03-04T03:06:07.890Z")]
    [InlineData("-90s", "2026-03-04T05:04:37.890Z")]
    [InlineData("-5m", "2026-03-04T05:01:07.890Z")]
    [InlineData("-1h30m", "2026-03-04T03:36:07.890Z")]
    [InlineData("-30d", "2026-02-02T05:06:07.890Z")]
    [InlineData("-1w", "2026-02-25T05:06:07.890Z")]
    [InlineData("-1y", "2025-03-04T05:06:07.890Z")]
    [InlineData("2026-03-04", "2026-03-04T00:00:00Z")]
    [InlineData("2026-03-04T01:02", "2026-03-04T01:02:00Z")]
    [InlineData("2026-03-04 01:02:03", "2026-03-04T01:02:03Z")]
    [InlineData("2026-03-04T01:02:03Z", "2026-03-04T01:02:03Z")]
    [InlineData("2026-03-04T01:02:03.456Z", "2026-03-04T01:02:03.456Z")]
    [InlineData("2026-03-04T09:02:03+08:00", "2026-03-04T01:02:03Z")]
    [InlineData("1772600523456", "2026-03-04T05:02:03.456Z")]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    public void A_moment_is_read_in_every_form(string text, string expected)
    {
        Assert.True(TimeWords.TryParse(text, s_now, out var moment));
        Assert.Equal(DateTimeOffset.Parse(expected), moment);
        Assert.Equal(TimeSpan.Zero, moment.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData("-h")]
    [InlineData("-2")]
    [InlineData("-0h")]
    [InlineData("-2hh")]
    [InlineData("-2H")]
    [InlineData("-1.5h")]
    [InlineData("-1000y")]
    [InlineData("-60y")]
    [InlineData("-9999999999s")]
    [InlineData("--2h")]
    [InlineData("2h")]
    [InlineData("+2h")]
    [InlineData("yesterday")]
    [InlineData("2026-13-04")]
    [InlineData("2026-02-30")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("99999999999999999")]
    [InlineData("99999999999999999999999")]
    [InlineData("２０２６")]
    public void What_is_no_moment_is_refused(string text) => Assert.False(TimeWords.TryParse(text, s_now, out _));
}
