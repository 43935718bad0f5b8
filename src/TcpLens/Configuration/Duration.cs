using System.Globalization;

namespace TcpLens.Configuration;

/// <summary>A length of time as it is written in the configuration: a whole number and a unit, <c>250ms</c>, <c>6h</c>, <c>35d</c>. At most 1000 years.</summary>
internal readonly record struct Duration
{
    private const long MillisecondsMax = 1000L * 365 * 86_400_000;

    /// <summary>The units, the longest first. A year has 365 days.</summary>
    private static readonly (string Name, long Milliseconds)[] s_units =
        [("y", 365L * 86_400_000), ("w", 7L * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

    private Duration(long milliseconds) => Milliseconds = milliseconds;

    public long Milliseconds { get; }

    public TimeSpan Time => TimeSpan.FromMilliseconds(Milliseconds);

    /// <summary>A time of whole milliseconds.</summary>
    public static Duration Of(TimeSpan time) => new(time.Ticks / TimeSpan.TicksPerMillisecond);

    public static bool TryParse(ReadOnlySpan<char> text, out Duration duration)
    {
        duration = default;
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            return false;
        foreach (var (name, milliseconds) in s_units)
        {
            if (!text[digits..].SequenceEqual(name))
                continue;
            if (number > MillisecondsMax / milliseconds)
                return false;
            duration = new Duration(number * milliseconds);
            return true;
        }

        return false;
    }

    /// <summary>In the longest unit that needs no fraction; not in weeks, which nobody expects for 35d.</summary>
    public override string ToString()
    {
        long milliseconds = Milliseconds;
        if (milliseconds == 0)
            return "0s";
        var (name, unit) = s_units.First(one => one.Name != "w" && milliseconds % one.Milliseconds == 0);
        return $"{milliseconds / unit}{name}";
    }
}
