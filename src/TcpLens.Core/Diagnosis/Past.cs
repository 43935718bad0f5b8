using System.Collections.Immutable;

namespace TcpLens.Core.Diagnosis;

/// <summary>
/// The looks of the last quarter of an hour: each second of the last fifteen, then one in fifteen seconds. Immutable and bounded: about 75
/// looks, some 300 KB.
/// </summary>
public sealed class Past
{
    /// <summary>Rates are taken over so long where there are looks: one odd second opens nothing.</summary>
    public static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(10);

    /// <summary>Nothing older is remembered.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan s_fine = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_fineStep = TimeSpan.FromSeconds(0.9);

    // A trend over less is noise.
    private const int TrendLooks = 3;
    private static readonly TimeSpan s_trendSpan = TimeSpan.FromSeconds(10);

    private Past(ImmutableArray<Look> looks) => Looks = looks;

    public static Past None { get; } = new([]);

    /// <summary>The oldest first, the newest last.</summary>
    public ImmutableArray<Look> Looks { get; }

    /// <summary>Time between the oldest and the newest look.</summary>
    public TimeSpan Span => Looks.IsEmpty ? TimeSpan.Zero : Looks[^1].At - Looks[0].At;

    /// <summary>The same with a newer look, and without what is too old or too close together.</summary>
    public Past Add(Look look)
    {
        var kept = ImmutableArray.CreateBuilder<Look>(Looks.Length + 1);
        foreach (var old in Looks)
        {
            var age = look.At - old.At;
            var step = age > s_fine ? s_fine : s_fineStep;
            if (age > TimeSpan.Zero && age <= Longest && (kept.Count == 0 || old.At - kept[^1].At >= step))
                kept.Add(old);
        }

        kept.Add(look);
        return new Past(kept.DrainToImmutable());
    }

    /// <summary>The newest look that is at least so much older than the last one, else the oldest; <see langword="null"/> without an earlier one.</summary>
    public Look? Before(TimeSpan distance)
    {
        if (Looks.Length < 2)
            return null;
        for (int i = Looks.Length - 2; i >= 0; i--)
        {
            if (Looks[^1].At - Looks[i].At >= distance)
                return Looks[i];
        }

        return Looks[0];
    }

    /// <summary>How fast a kernel's counter rises, per second; <see langword="null"/> where it is not known or was set back.</summary>
    public double? Rate(string counter, TimeSpan window)
    {
        if (Before(window) is not { } before)
            return null;
        double? risen = Looks[^1].Counters[counter] - before.Counters[counter];
        return risen >= 0 ? risen / (Looks[^1].At - before.At).TotalSeconds : null;
    }

    /// <summary>How fast a number grows, per second, by a straight line through all looks; <see langword="null"/> when there are too few or it is unknown.</summary>
    public double? Growth(Func<Look, double?> number)
    {
        if (Looks.Length < TrendLooks || Span < s_trendSpan)
            return null;
        double n = 0, sumX = 0, sumY = 0, sumXx = 0, sumXy = 0;
        foreach (var look in Looks)
        {
            if (number(look) is not { } y)
                return null;
            double x = (look.At - Looks[0].At).TotalSeconds;
            (n, sumX, sumY, sumXx, sumXy) = (n + 1, sumX + x, sumY + y, sumXx + (x * x), sumXy + (x * y));
        }

        return ((n * sumXy) - (sumX * sumY)) / ((n * sumXx) - (sumX * sumX));
    }
}
