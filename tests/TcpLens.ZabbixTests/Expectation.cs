using System.Globalization;

namespace TcpLens.ZabbixTests;

/// <summary>What an item's last value has to be.</summary>
internal sealed class Expectation
{
    private readonly string _words;
    private readonly Func<string?, bool> _holds;

    private Expectation(string words, Func<string?, bool> holds) => (_words, _holds) = (words, holds);

    /// <summary>The item has no value at all, and is supported.</summary>
    public static Expectation Absent { get; } = new("no value", value => value is null);

    public static Expectation Text(string text) => new($"'{text}'", value => value == text);

    public static Expectation Begins(string text) => new($"'{text}...'", value => value?.StartsWith(text, StringComparison.Ordinal) == true);

    /// <summary>Exactly this number, or none where there is none.</summary>
    public static Expectation Number(double? number) => number is { } known ? Between(known, known) : Absent;

    /// <summary>A number in this range, whose ends belong to it; what a floating point number loses on its way is allowed.</summary>
    public static Expectation Between(double lowest, double highest)
    {
        double slack = 1e-6 * Math.Max(1e-6, Math.Abs(highest));
        return new(
            lowest == highest ? Plain(lowest) : $"{Plain(lowest)} to {Plain(highest)}",
            value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= lowest - slack && number <= highest + slack);
    }

    /// <summary>What is wrong with a value (<see langword="null"/>: none has come); <see langword="null"/> when nothing is.</summary>
    public string? Complaint(string? value) => _holds(value) ? null : $"{value ?? "no value"} instead of {_words}";

    private static string Plain(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
