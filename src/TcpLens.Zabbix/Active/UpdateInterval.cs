using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace TcpLens.Zabbix.Active;

/// <summary>
/// How often an item is collected: "30", "5s", "1m", and behind ";" flexible intervals ("50s/1-5,09:00-18:00") and scheduled moments
/// ("md1wd1-5h9m30"), as the Zabbix manual describes under "Custom intervals".
/// </summary>
public sealed class UpdateInterval
{
    /// <summary>The longest text that Zabbix stores.</summary>
    public const int LongestText = 1024;

    private const int SecondsPerDay = 86400;

    /// <summary>How far to look for a moment; one that does not come within a year does not come.</summary>
    private const long SearchSeconds = 366L * SecondsPerDay;

    private readonly int _seconds;
    private readonly ImmutableArray<FlexibleInterval> _flexible;
    private readonly ImmutableArray<ScheduledMoments> _scheduled;

    private UpdateInterval(int seconds, ImmutableArray<FlexibleInterval> flexible, ImmutableArray<ScheduledMoments> scheduled)
    {
        _seconds = seconds;
        _flexible = flexible;
        _scheduled = scheduled;
    }

    /// <summary>Whether it names moments. Only without them is a new item collected at once.</summary>
    public bool IsScheduled => !_scheduled.IsEmpty;

    /// <summary>Reads an interval; <see langword="false"/> when it is none, or one in which nothing is ever collected.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out UpdateInterval? interval)
    {
        interval = null;
        if (text.Length > LongestText)
            return false;
        string[] parts = text.Split(';');
        if (!TryParseSeconds(parts[0], out int seconds))
            return false;
        var flexible = ImmutableArray.CreateBuilder<FlexibleInterval>();
        var scheduled = ImmutableArray.CreateBuilder<ScheduledMoments>();
        foreach (string part in parts.AsSpan(1))
        {
            if (FlexibleInterval.TryParse(part, out var one))
                flexible.Add(one);
            else if (ScheduledMoments.TryParse(part, out var moments))
                scheduled.Add(moments);
            else
                return false;
        }

        if (seconds == 0 && scheduled.Count == 0 && flexible.All(one => one.Seconds == 0))
            return false;
        interval = new UpdateInterval(seconds, flexible.ToImmutable(), scheduled.ToImmutable());
        return true;
    }

    /// <summary>When it is collected next after <paramref name="now"/>.</summary>
    /// <param name="seed">The item's number. It spreads items with the same interval over its seconds, the same on every agent and after every restart.</param>
    /// <param name="now">In seconds since 1970.</param>
    /// <param name="zone">Where the days and hours are meant.</param>
    /// <returns>In seconds since 1970; <see langword="null"/> when it is not within a year.</returns>
    public long? Next(ulong seed, long now, TimeZoneInfo zone)
    {
        long? next = NextRegular(seed, now, zone);
        foreach (var moments in _scheduled)
        {
            if (moments.Next(now, zone, now + SearchSeconds) is { } moment && (next is null || moment < next))
                next = moment;
        }

        return next;
    }

    /// <summary>Reads "30", "30s", "5m", "2h", "1d": at most one day.</summary>
    internal static bool TryParseSeconds(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        int unit = text.IsEmpty ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => SecondsPerDay, _ => 0 };
        var digits = unit == 0 ? text : text[..^1];
        if (digits.Length is 0 or > 6 || digits.ContainsAnyExceptInRange('0', '9'))
            return false;
        long value = long.Parse(digits) * Math.Max(1, unit);
        seconds = (int)Math.Min(value, int.MaxValue);
        return value <= SecondsPerDay;
    }

    private long? NextRegular(ulong seed, long now, TimeZoneInfo zone)
    {
        if (_seconds == 0 && _flexible.IsEmpty)
            return null;
        for (long from = now; from < now + SearchSeconds;)
        {
            var local = LocalMoment.At(from, zone);
            int seconds = SecondsAt(local);
            long border = _flexible.IsEmpty ? long.MaxValue : from + _flexible.Min(one => one.SecondsToBorder(local));
            if (seconds > 0)
            {
                long next = (from / seconds * seconds) + (long)(seed % (ulong)seconds);
                // At a border the moment itself counts, at the start it has been used.
                while (from == now ? next <= from : next < from)
                    next += seconds;
                if (next < border)
                    return next;
            }

            from = border;
        }

        return null;
    }

    /// <summary>The shortest of the flexible intervals that hold now, or else the plain one.</summary>
    private int SecondsAt(LocalMoment moment)
    {
        int? shortest = null;
        foreach (var one in _flexible)
        {
            if (one.Holds(moment) && (shortest is null || one.Seconds < shortest))
                shortest = one.Seconds;
        }

        return shortest ?? _seconds;
    }
}
