using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>Something that the kernel limits: how much of it is used, and from where on that is too much.</summary>
public sealed record LimitGauge
{
    /// <summary>Its name for ever: <c>used.time_wait</c>, <c>accept_queue.443</c>.</summary>
    public required string Id { get; init; }

    public required Phrase Label { get; init; }

    public required long Used { get; init; }

    /// <summary>At least 1.</summary>
    public required long Limit { get; init; }

    /// <summary>Empty for sockets and ports; <c>pages</c> of memory.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Percent from which on it is a warning; <see langword="null"/> when there is no such mark.</summary>
    public double? Warning { get; init; }

    /// <summary>Percent from which on it is critical; <see langword="null"/> when there is no such mark.</summary>
    public double? Critical { get; init; }

    /// <summary>What to do about it; <see langword="null"/> while all is well.</summary>
    public Phrase? Detail => Level == Severity.Ok ? null : Advice;

    /// <summary>What to do when it fills up.</summary>
    public required Phrase Advice { get; init; }

    /// <summary>0 to a little above 100.</summary>
    public double Percent => 100.0 * Used / Limit;

    public Severity Level => Percent >= Critical ? Severity.Critical : Percent >= Warning ? Severity.Warning : Severity.Ok;
}
