using System.Globalization;

namespace TcpLens.Outputs.Web.Api;

/// <summary>A moment as people and programs write it: <c>now</c>, <c>-2h</c>, milliseconds since 1970, or RFC 3339 with a zone.</summary>
internal static class TimeWord
{
    /// <summary>Nobody has watched longer.</summary>
    private static readonly TimeSpan s_furthest = TimeSpan.FromDays(36_525);

    private static readonly string[] s_rfc3339 =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public static bool TryParse(ReadOnlySpan<char> text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = now;
        if (text is "now")
            return true;
        if (text is ['-', .. var back])
            return TryParseBack(back, now, out time);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds))
            return TryParseMilliseconds(milliseconds, out time);
        // In a query a plus sign that nobody has escaped is a space: 2026-11-22T17:00:00 08:00.
        if (text.Length > 40)
            return false;
        string whole = text.ToString().Replace(' ', '+');
        return HasZone(whole) && DateTimeOffset.TryParseExact(whole, s_rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    // Without a zone it would be taken for that of the server, which the reader does not know.
    private static bool HasZone(string text) => text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);

    private static bool TryParseMilliseconds(long milliseconds, out DateTimeOffset time)
    {
        time = default;
        if (milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return false;
        time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    private static bool TryParseBack(ReadOnlySpan<char> text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 2 || !uint.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            return false;
        double? days = text[^1] switch
        {
            's' => number / 86_400.0,
            'm' => number / 1440.0,
            'h' => number / 24.0,
            'd' => number,
            'w' => number * 7.0,
            'y' => number * 365.0,
            _ => null,
        };
        if (days is null || days > s_furthest.TotalDays)
            return false;
        time = now - TimeSpan.FromDays(days.Value);
        return true;
    }
}
