using System.Collections.Immutable;

namespace TcpLens.Core.Diagnosis;

/// <summary>What the rules say after one report: what is open, what was, and what was looked at. Immutable.</summary>
public sealed record Health
{
    /// <summary>Nobody has looked yet.</summary>
    public static Health Unknown { get; } = new();

    /// <summary>The open findings, the worst first.</summary>
    public ImmutableArray<FindingRecord> Open { get; init; } = [];

    /// <summary>The findings that were closed last, the newest first; at most <see cref="FindingTracker.ClosedMaximum"/>.</summary>
    public ImmutableArray<FindingRecord> Closed { get; init; } = [];

    /// <summary>What each rule looked at, in the order of <see cref="RuleTable.All"/>.</summary>
    public ImmutableArray<Check> Checks { get; init; } = [];

    /// <summary>What opened or closed with this report, in that order.</summary>
    public ImmutableArray<FindingRecord> Changes { get; init; } = [];

    /// <summary>Judges a moment by itself: what is seen now is open at once.</summary>
    public static Health Of(DiagnosisInput input, DateTimeOffset at) => new FindingTracker(TimeSpan.Zero).Next(input, at, TimeSpan.Zero);
}
