using System.Collections.Immutable;
using TcpLens.Core.Explain;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>One thing that is not as it should be: what is seen, why, and what to do. Nothing is ever done by TcpLens itself.</summary>
public sealed record Finding
{
    /// <summary>The rule that found it, by its name for ever: <c>close_wait_leak</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>Never <see cref="Severity.Ok"/>.</summary>
    public required Severity Level { get; init; }

    public Subject Subject { get; init; } = Subject.Host;

    /// <summary>What is seen, in one sentence with its numbers.</summary>
    public required Phrase Sentence { get; init; }

    /// <summary>The numbers that it rests on.</summary>
    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    public Confidence Confidence { get; init; } = Confidence.High;

    /// <summary>What else it could have been, and why it is not.</summary>
    public ImmutableArray<Phrase> RuledOut { get; init; } = [];

    /// <summary>Why it is so.</summary>
    public required Phrase Cause { get; init; }

    /// <summary>What to do, in one or two sentences.</summary>
    public required Phrase Advice { get; init; }

    /// <summary>Commands to copy, to look further or to change something.</summary>
    public ImmutableArray<CommandHint> Remedies { get; init; } = [];

    /// <summary>Where this is written down: an address.</summary>
    public required string Source { get; init; }

    /// <summary>What tells it from every other finding.</summary>
    public FindingKey Key => new(Rule, Subject.Kind, Subject.Key);
}
