using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>One thing that an expert looks at: a pure function from what was seen to findings, and how long it has to last.</summary>
public sealed record Rule
{
    /// <summary>Findings of one rule at one time, the worst: one bad port among a thousand is enough to say where to look.</summary>
    public const int FindingsMaximum = 5;

    /// <summary>Its name for ever: <c>close_wait_leak</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it looks at.</summary>
    public required Phrase What { get; init; }

    /// <summary>Judges what was seen. Sees the same, says the same.</summary>
    public required Func<DiagnosisInput, Judgement> Judge { get; init; }

    /// <summary>How long a condition has to hold before it is a finding; it also has to be there in two reports.</summary>
    public TimeSpan OpensAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The same where a site may set it.</summary>
    public Func<Thresholds, TimeSpan>? OpensAfterSetting { get; init; }

    /// <summary>How long it has to be gone before the finding is closed.</summary>
    public TimeSpan ClosesAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Rules that say the same better: while one of them finds something, this one is silent.</summary>
    public IReadOnlyList<string> SilentWhile { get; init; } = [];

    /// <summary>Whether it can be judged without a reading of the sockets: the rules about the monitor itself.</summary>
    public bool IsOfMonitor { get; init; }

    /// <summary><see cref="Judge"/>, or why there is nothing to judge.</summary>
    public Judgement Apply(DiagnosisInput input) => input.Own is null && !IsOfMonitor
        ? Judgement.Unknown(input.Failure ?? new("the sockets could not be read", "无法读取套接字"))
        : Judge(input);
}
