using System.Globalization;
using System.Numerics;

namespace TcpLens.Zabbix.Active;

/// <summary>
/// Moments of a calendar: "md1-15wd1-5h9-18/2m0,30s/20" (days of the month, weekdays, hours, minutes, seconds). What is left out in front means
/// every, behind means 0. Each set is kept as bits.
/// </summary>
internal readonly record struct ScheduledMoments(ulong Days, ulong Weekdays, ulong Hours, ulong Minutes, ulong Seconds)
{
    private static readonly (string Name, int Least, int Most)[] s_parts = [("md", 1, 31), ("wd", 1, 7), ("h", 0, 23), ("m", 0, 59), ("s", 0, 59)];

    public static bool TryParse(ReadOnlySpan<char> text, out ScheduledMoments moments)
    {
        moments = default;
        Span<ulong> bits = [0, 0, 0, 0, 0];
        int last = -1;
        for (int i = 0; i < s_parts.Length && !text.IsEmpty; i++)
        {
            var (name, least, most) = s_parts[i];
            // "m" begins "md" as well, but that comes first.
            if (!text.StartsWith(name, StringComparison.Ordinal) || text[name.Length..].StartsWith("d"))
                continue;
            text = text[name.Length..];
            int end = text.IndexOfAnyInRange('a', 'z');
            if (!TryParseSet(end < 0 ? text : text[..end], least, most, out bits[i]))
                return false;
            text = end < 0 ? default : text[end..];
            last = i;
        }

        if (last < 0 || !text.IsEmpty)
            return false;
        for (int i = 0; i < s_parts.Length; i++)
        {
            if (bits[i] == 0)
                bits[i] = i < last || i < 2 ? All(s_parts[i].Least, s_parts[i].Most) : 1;
        }

        moments = new ScheduledMoments(bits[0], bits[1], bits[2], bits[3], bits[4]);
        return true;
    }

    /// <summary>The first after <paramref name="now"/> and not after <paramref name="end"/>, all in seconds since 1970.</summary>
    public long? Next(long now, TimeZoneInfo zone, long end)
    {
        var start = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(now), zone).DateTime;
        var last = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(end), zone).DateTime;
        for (var day = start.Date; day <= last; day = day.AddDays(1))
        {
            if (Has(Days, day.Day) && Has(Weekdays, LocalMoment.WeekdayOf(day.DayOfWeek)) && NextOn(day, now, zone) is { } next)
                return next <= end ? next : null;
        }

        return null;
    }

    private long? NextOn(DateTime day, long now, TimeZoneInfo zone)
    {
        for (ulong hours = Hours; hours != 0; hours &= hours - 1)
        {
            var hour = day.AddHours(BitOperations.TrailingZeroCount(hours));
            // An hour that is skipped when clocks go forward does not come that day.
            if (zone.IsInvalidTime(hour))
                continue;
            long begin = new DateTimeOffset(hour, zone.GetUtcOffset(hour)).ToUnixTimeSeconds();
            if (begin + 3600 <= now)
                continue;
            for (ulong minutes = Minutes; minutes != 0; minutes &= minutes - 1)
            {
                for (ulong seconds = Seconds; seconds != 0; seconds &= seconds - 1)
                {
                    long moment = begin + (60 * BitOperations.TrailingZeroCount(minutes)) + BitOperations.TrailingZeroCount(seconds);
                    if (moment > now)
                        return moment;
                }
            }
        }

        return null;
    }

    // "1", "1-5", "1-5/2", "/2", and several of them with "," in between.
    private static bool TryParseSet(ReadOnlySpan<char> text, int least, int most, out ulong bits)
    {
        bits = 0;
        foreach (var range in text.Split(','))
        {
            var one = text[range];
            int slash = one.IndexOf('/');
            int step = 1;
            if (slash >= 0 && (!TryParseNumber(one[(slash + 1)..], 1, most, out step)))
                return false;
            var span = slash < 0 ? one : one[..slash];
            int dash = span.IndexOf('-');
            int from = least;
            int to = most;
            if (span.IsEmpty)
            {
                if (slash < 0)
                    return false;
            }
            else if (!TryParseNumber(dash < 0 ? span : span[..dash], least, most, out from) || (dash >= 0 && !TryParseNumber(span[(dash + 1)..], from, most, out to)))
            {
                return false;
            }
            else if (dash < 0)
            {
                if (slash >= 0)
                    return false;
                to = from;
            }

            for (int i = from; i <= to; i += step)
                bits |= 1UL << i;
        }

        return bits != 0;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most && text.Length <= 2;

    private static ulong All(int least, int most) => ((1UL << (most + 1)) - 1) & ~((1UL << least) - 1);

    private static bool Has(ulong bits, int place) => (bits & (1UL << place)) != 0;
}
