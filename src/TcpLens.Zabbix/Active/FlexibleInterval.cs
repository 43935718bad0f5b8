using System.Globalization;

namespace TcpLens.Zabbix.Active;

/// <summary>Another interval at certain times of the week: "50s/1-5,09:00-18:00".</summary>
/// <param name="Seconds">0 = nothing is collected then.</param>
/// <param name="FirstDay">1 (Monday) to 7.</param>
/// <param name="LastDay">The same, and not before it.</param>
/// <param name="From">Second of the day.</param>
/// <param name="To">The second after the last, up to 86400.</param>
internal readonly record struct FlexibleInterval(int Seconds, int FirstDay, int LastDay, int From, int To)
{
    private const int SecondsPerDay = 86400;

    public static bool TryParse(ReadOnlySpan<char> text, out FlexibleInterval interval)
    {
        interval = default;
        int slash = text.IndexOf('/');
        if (slash < 0 || !UpdateInterval.TryParseSeconds(text[..slash], out int seconds))
            return false;
        var period = text[(slash + 1)..];
        int comma = period.IndexOf(',');
        if (comma < 0)
            return false;
        var days = period[..comma];
        var times = period[(comma + 1)..];
        int dash = times.IndexOf('-');
        if (dash < 0 || !TryParseTime(times[..dash], out int from) || !TryParseTime(times[(dash + 1)..], out int to) || from >= to)
            return false;
        if (days.Length is not (1 or 3) || days[0] is < '1' or > '7' || (days.Length == 3 && (days[1] != '-' || days[2] < days[0] || days[2] > '7')))
            return false;
        interval = new FlexibleInterval(seconds, days[0] - '0', days[^1] - '0', from, to);
        return true;
    }

    public bool Holds(LocalMoment moment) =>
        moment.Weekday >= FirstDay && moment.Weekday <= LastDay && moment.SecondOfDay >= From && moment.SecondOfDay < To;

    /// <summary>Seconds until it may begin or end to hold, 1 to a day.</summary>
    public int SecondsToBorder(LocalMoment moment) =>
        (moment.SecondOfDay < From ? From : moment.SecondOfDay < To ? To : SecondsPerDay) - moment.SecondOfDay;

    private static bool TryParseTime(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        int colon = text.IndexOf(':');
        if (colon is < 1 or > 2 || text.Length != colon + 3
            || !int.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int minutes))
        {
            return false;
        }

        seconds = (hours * 3600) + (minutes * 60);
        return minutes < 60 && seconds <= SecondsPerDay;
    }
}
