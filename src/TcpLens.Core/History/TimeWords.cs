using System.Globalization;

namespace TcpLens.Core.History;

/// <summary>
/// How people and programs write a moment: <c>now</c>, <c>-2h</c>, <c>-1d12h</c>, RFC 3339 (<c>2026-03-04T05:06:07Z</c>, or a date alone, in
/// UTC where no offset stands), milliseconds since 1970.
/// </summary>
public static class TimeWords
{
    /// <summary>The forms, for messages.</summary>
    public const string Forms = "now, -2h, -30d, 2026-03-04T05:06:07Z";

    /// <summary>Nothing that can be meant is longer.</summary>
    private const int LongestText = 40;

    private static readonly TimeSpan s_longestAgo = TimeSpan.FromDays(100 * 365);

    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads a moment. Never throws; what is not written as said above, or lies before 1970 or behind the year 9999, is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, DateTimeOffset now, out DateTimeOffset moment)
    {
        moment = default;
        text = text.Trim();
        if (text.IsEmpty || text.Length > LongestText)
            return false;
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            moment = now;
            return true;
        }

        if (text[0] == '-')
            return TryParseAgo(text[1..], out var ago) && TryMake(now.UtcTicks - ago.Ticks, out moment);
        if (text.ContainsAnyExceptInRange('0', '9'))
        {
            return DateTimeOffset.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment)
                && moment >= DateTimeOffset.UnixEpoch;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && TryMake(DateTimeOffset.UnixEpoch.Ticks + (milliseconds * TimeSpan.TicksPerMillisecond), out moment);
    }

    /// <summary>A length of time: <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>30d</c>, <c>1w</c>, <c>1y</c>, or several in a row (<c>1h30m</c>).</summary>
    private static bool TryParseAgo(ReadOnlySpan<char> text, out TimeSpan length)
    {
        length = TimeSpan.Zero;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9 || !int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                return false;
            double? seconds = text[digits] switch
            {
                's' => 1,
                'm' => 60,
                'h' => 3600,
                'd' => 86_400,
                'w' => 7 * 86_400,
                'y' => 365 * 86_400,
                _ => null,
            };
            if (seconds is not { } unit || (unit * number) + length.TotalSeconds > s_longestAgo.TotalSeconds)
                return false;
            length += TimeSpan.FromSeconds(unit * number);
            text = text[(digits + 1)..];
        }

        return length > TimeSpan.Zero;
    }

    private static bool TryMake(long ticks, out DateTimeOffset moment)
    {
        bool isPossible = ticks >= DateTimeOffset.UnixEpoch.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks;
        moment = isPossible ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isPossible;
    }
}
