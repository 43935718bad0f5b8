namespace TcpLens.Core.Diagnosis;

/// <summary>Where something begins to be too much, and the lower place where it has to go back to.</summary>
/// <param name="Opens">From here on it is too much.</param>
/// <param name="Closes">Below this it is well again; not above <paramref name="Opens"/>.</param>
/// <param name="IsExclusive">Whether the value has to be above the mark, not only at it: for rates of which one is tolerated, or none.</param>
public readonly record struct Mark(double Opens, double Closes, bool IsExclusive = false)
{
    /// <summary>How far a ratio has to go back: a value that swings by less opens no finding twice.</summary>
    private const double Back = 0.8;

    /// <summary>A ratio or number that is too much from <paramref name="opens"/> on.</summary>
    public static Mark From(double opens) => new(opens, opens * Back);

    /// <summary>A rate that is too much above <paramref name="tolerated"/>.</summary>
    public static Mark Above(double tolerated) => new(tolerated, tolerated / 2, IsExclusive: true);

    /// <summary>Whether <paramref name="value"/> is too much; an unknown one is not.</summary>
    public bool IsReached(double? value, bool isOpen)
    {
        double mark = isOpen ? Closes : Opens;
        return IsExclusive ? value > mark : value >= mark;
    }
}
