namespace TcpLens.Bench.Report;

/// <summary>Median and quartiles of a series, by linear interpolation between its ordered values.</summary>
public readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>The quartiles of the values that are there; null when none is.</summary>
    public static Quartiles? Of(IEnumerable<double?> values)
    {
        double[] ordered = values.OfType<double>().Order().ToArray();
        return ordered.Length == 0 ? null : new(At(ordered, 0.25), At(ordered, 0.5), At(ordered, 0.75));
    }

    private static double At(double[] ordered, double share)
    {
        double position = share * (ordered.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, ordered.Length - 1);
        return ordered[below] + ((ordered[above] - ordered[below]) * (position - below));
    }
}
