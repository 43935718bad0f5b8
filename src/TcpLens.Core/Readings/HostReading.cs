using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;

namespace TcpLens.Core.Readings;

/// <summary>What one command or one tick has seen of this host: immutable, and all that an output needs.</summary>
public sealed record HostReading
{
    public required string HostName { get; init; }

    /// <summary>The kernel's release, as <c>uname -r</c>.</summary>
    public required string Kernel { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The namespaces that were asked for, the caller's own first. Never empty.</summary>
    public required ImmutableArray<NamespaceReading> Namespaces { get; init; }

    /// <summary>Network namespaces of this host that were not asked for; <see langword="null"/> when nobody looked.</summary>
    public int? OtherNamespaces { get; init; }

    /// <summary>Whether every namespace of the host was asked for (<c>--netns all</c>).</summary>
    public bool IsAll { get; init; }

    /// <summary>The namespaces whose states could be read.</summary>
    public IEnumerable<NamespaceReading> Read => Namespaces.Where(one => one.Reading is not null);

    /// <summary>The readings as one: sums of counts and times, the worst completeness. <see langword="null"/> when none could be read.</summary>
    public StateReading? Whole
    {
        get
        {
            StateReading? whole = null;
            foreach (var one in Read)
                whole = whole is null ? one.Reading : Add(whole, one.Reading!);
            return whole;
        }
    }

    private static StateReading Add(StateReading left, StateReading right)
    {
        var worse = left.Completeness == Completeness.Complete ? right : left;
        return left with
        {
            Counts = StateCounts.Add(left.Counts, right.Counts),
            Source = left.Source == right.Source ? left.Source : $"{left.Source}+{right.Source}",
            SourceReason = left.SourceReason ?? right.SourceReason,
            Duration = left.Duration + right.Duration,
            Setup = left.Setup + right.Setup,
            Opened = left.Opened + right.Opened,
            Completeness = worse.Completeness,
            CompletenessReason = worse.CompletenessReason,
        };
    }
}
