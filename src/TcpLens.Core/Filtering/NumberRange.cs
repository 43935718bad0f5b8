using System.Runtime.InteropServices;

namespace TcpLens.Core.Filtering;

/// <summary>Numbers from <see cref="Low"/> to <see cref="High"/>, both included.</summary>
internal readonly record struct NumberRange(uint Low, uint High)
{
    public bool Contains(uint number) => number - Low <= High - Low;

    /// <summary>As a port or user number: <c>80</c>, <c>8000-8999</c>.</summary>
    public override string ToString() => Low == High ? $"{Low}" : $"{Low}-{High}";

    /// <summary>As a comparison: <c>&gt;0</c>, <c>=7</c>. A range with two borders, which no single comparison means, as <c>5-9</c>.</summary>
    public string ToComparison() => this switch
    {
        _ when Low == High => $"={Low}",
        { Low: 1, High: uint.MaxValue } => ">0",
        { High: uint.MaxValue } => $">={Low}",
        { Low: 0 } => $"<{High + 1}",
        _ => ToString(),
    };

    /// <summary>The same numbers as the fewest ranges, in order.</summary>
    public static NumberRange[] Normalize(List<NumberRange> ranges)
    {
        ranges.Sort((left, right) => left.Low.CompareTo(right.Low));
        var merged = new List<NumberRange>(ranges.Count);
        foreach (var range in CollectionsMarshal.AsSpan(ranges))
        {
            if (merged.Count > 0 && (merged[^1].High == uint.MaxValue || range.Low <= merged[^1].High + 1))
                merged[^1] = merged[^1] with { High = Math.Max(merged[^1].High, range.High) };
            else
                merged.Add(range);
        }

        return [.. merged];
    }

    /// <summary>Reads decimal digits alone; signs, blanks and numbers above 4,294,967,295 are refused.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, out uint number)
    {
        ulong value = 0;
        number = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            value = (value * 10) + (uint)(digit - '0');
            if (value > uint.MaxValue)
                return false;
        }

        number = (uint)value;
        return !text.IsEmpty;
    }
}
