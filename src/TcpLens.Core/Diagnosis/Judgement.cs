using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>What one rule says of one moment.</summary>
public sealed record Judgement
{
    private Judgement(CheckResult result, Phrase told, ImmutableArray<Finding> findings) => (Result, Told, Findings) = (result, told, findings);

    public CheckResult Result { get; }

    /// <summary>The numbers in short, or why it could not be judged.</summary>
    public Phrase Told { get; }

    /// <summary>The worst first; empty unless something was found.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Rates need two readings, or this kernel does not count what the rule needs.</summary>
    public static Judgement NoRate { get; } = Unknown(new("no rate yet, or this kernel does not count it", "尚无速率，或此内核不提供该计数"));

    public static Judgement Fine(Phrase told) => new(CheckResult.Fine, told, []);

    public static Judgement Unknown(Phrase why) => new(CheckResult.Unknown, why, []);

    /// <summary>The findings, or <see cref="Fine"/> when there are none.</summary>
    public static Judgement Of(IEnumerable<Finding> findings, Phrase told)
    {
        ImmutableArray<Finding> worst = [.. findings.OrderByDescending(finding => finding.Level).Take(Rule.FindingsMaximum)];
        return worst.IsEmpty ? Fine(told) : new(CheckResult.Found, told, worst);
    }

    /// <summary>One finding, or none.</summary>
    public static Judgement Of(Finding? finding, Phrase told) => Of(finding is null ? [] : [finding], told);
}
