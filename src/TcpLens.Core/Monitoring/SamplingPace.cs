using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>How often the monitor reads the kernel, what that costs, and why it may be slower than it was asked to be.</summary>
public sealed record SamplingPace
{
    /// <summary>The interval that the configuration asks for.</summary>
    public required TimeSpan Wanted { get; init; }

    /// <summary>The interval that is kept now: the next tick is due so long after this one.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>CPU that sampling may take, in percent of one core.</summary>
    public required double BudgetPercent { get; init; }

    /// <summary>CPU time of this tick's sampling.</summary>
    public required TimeSpan Cost { get; init; }

    /// <summary>CPU that sampling takes at <see cref="Interval"/>, in percent of one core, smoothed.</summary>
    public required double UsedPercent { get; init; }

    /// <summary>Why <see cref="Interval"/> is longer than <see cref="Wanted"/>; <see langword="null"/> when it is not.</summary>
    public Phrase? Reason { get; init; }

    /// <summary>Ticks of this run that came so late that the next was already due.</summary>
    public required long Missed { get; init; }

    /// <summary>Whether all namespaces of the host are read, beside the own one.</summary>
    public required bool WatchesAll { get; init; }
}
