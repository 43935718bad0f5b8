using TcpLens.Core.Monitoring;

namespace TcpLens.Core.Diagnosis;

/// <summary>What <c>tcplens doctor</c> has found: where it looked, how long, and what the rules say.</summary>
public sealed record Examination
{
    public required string HostName { get; init; }

    /// <summary>The kernel's release.</summary>
    public required string Kernel { get; init; }

    /// <summary>The network namespace that was watched, as it was asked for.</summary>
    public required string Namespace { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>From the first to the last reading.</summary>
    public required TimeSpan Watched { get; init; }

    public required Health Health { get; init; }

    /// <summary>Whether it is what the resident monitor knows, which has watched for longer; otherwise <c>tcplens doctor</c> has looked itself.</summary>
    public bool IsOfMonitor { get; init; }

    /// <summary>Whether nothing needs attention: notices do not.</summary>
    public bool IsHealthy => Health.Open.All(one => one.Finding.Level < Severity.Warning);
}
