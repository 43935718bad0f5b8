using TcpLens.Core.Monitoring;

namespace TcpLens.UnitTests.Diagnosis;

/// <summary>What a rule has to say of four scenes.</summary>
internal sealed record RuleCase
{
    /// <summary>A condition that it has to find.</summary>
    public required Scene Bad { get; init; }

    public required Severity Level { get; init; }

    /// <summary>The key of the finding's subject.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Words of the sentence, with its numbers.</summary>
    public required string Sentence { get; init; }

    /// <summary>Words of the cause.</summary>
    public string Cause { get; init; } = "";

    /// <summary>Less than opens a finding, more than closes one; <see langword="null"/> where there is nothing between.</summary>
    public Scene? Between { get; init; }

    /// <summary>As busy as may be, and nothing wrong.</summary>
    public Scene Fine { get; init; } = new();

    /// <summary>What the rule needs is not known; <see langword="null"/> where the sockets alone are enough.</summary>
    public Scene? Missing { get; init; }
}
