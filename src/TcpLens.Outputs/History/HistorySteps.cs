using System.Collections.Immutable;

namespace TcpLens.Outputs.History;

/// <summary>The lengths that a point may have: those that divide clocks and calendars evenly.</summary>
internal static class HistorySteps
{
    private const long Second = 1000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    private static readonly ImmutableArray<long> s_all =
    [
        Second, 2 * Second, 5 * Second, 10 * Second, 15 * Second, 20 * Second, 30 * Second,
        Minute, 2 * Minute, 3 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 20 * Minute, 30 * Minute,
        Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day,
    ];

    /// <summary>The shortest of at least <paramref name="least"/> that needs at most <paramref name="points"/> for the range.</summary>
    public static long For(long from, long to, int points, long least)
    {
        foreach (long step in s_all)
        {
            if (step >= least && Points(from, to, step) <= points)
                return step;
        }

        long days = Math.Max(2, (least + Day - 1) / Day);
        while (Points(from, to, days * Day) > points)
            days *= 2;
        return days * Day;
    }

    /// <summary>The shortest that is longer than <paramref name="length"/>.</summary>
    public static long Above(long length)
    {
        foreach (long step in s_all)
        {
            if (step > length)
                return step;
        }

        return ((length / Day) + 1) * Day;
    }

    private static long Points(long from, long to, long step) => (to - Resolution.Floor(from, step) + step - 1) / step;
}
