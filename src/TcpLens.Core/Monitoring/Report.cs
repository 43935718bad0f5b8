using System.Collections.Immutable;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>What the resident monitor knows after one tick: immutable, and all that any output needs. Every output reads the same one.</summary>
public sealed record Report
{
    /// <summary>1 for the first of this run, then one more each tick.</summary>
    public required long Number { get; init; }

    /// <summary>When the tick began, by the wall clock, which may be set back. Between reports of one run trust <see cref="Uptime"/>.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Since the monitor started, by a clock that nobody can set.</summary>
    public required TimeSpan Uptime { get; init; }

    public required string HostName { get; init; }

    /// <summary>The kernel's release, as <c>uname -r</c>.</summary>
    public required string Kernel { get; init; }

    /// <summary>The monitor's own network namespace: the headline. <see langword="null"/> when this tick could not read it.</summary>
    public required DetailedReading? Own { get; init; }

    /// <summary>Why <see cref="Own"/> is missing and what to do; <see langword="null"/> when it is there.</summary>
    public Phrase? Failure { get; init; }

    /// <summary>The own namespace's name and inode.</summary>
    public required NamespaceName OwnName { get; init; }

    /// <summary>The other namespaces, where all are to be watched; empty otherwise.</summary>
    public ImmutableArray<NamespaceReading> Others { get; init; } = [];

    public required SamplingPace Pace { get; init; }

    /// <summary>One number for each of <see cref="MetricSeries.All"/>, in its order; all unknown when <see cref="Own"/> is missing.</summary>
    public required ImmutableArray<double?> Values { get; init; }

    /// <summary>Connections that begin and end between readings; <see langword="null"/> when most are seen.</summary>
    public Churn? Churn { get; init; }

    /// <summary>Who holds which sockets, seen some seconds ago; <see langword="null"/> where nobody looks, or before the first look.</summary>
    public OwnerCensus? Owners { get; init; }

    /// <summary>What the rules say of this tick and of those before.</summary>
    public Health Health { get; init; } = Health.Unknown;

    /// <summary>By which it was judged.</summary>
    public Thresholds Thresholds { get; init; } = Thresholds.Default;

    /// <summary>The value of one series; <see langword="null"/> when this kernel, namespace or tick does not tell it.</summary>
    public double? this[MetricSeries series] => Values[series.Place];

    /// <summary>For how long the oldest socket has been in a state, at least; <see langword="null"/> when none is, or nobody watched.</summary>
    public int? OldestSeconds(TcpState state) => Own?.States.Counts[state] is { Total: > 0 } ? Owners?.OldestSeconds(state) : null;

    /// <summary>What the rules say, as <c>tcplens doctor</c> tells it.</summary>
    public Examination ToExamination() => new()
    {
        HostName = HostName,
        Kernel = Kernel,
        Namespace = OwnName.Name,
        At = At,
        Watched = Uptime,
        Health = Health,
        IsOfMonitor = true,
    };

    /// <summary>The states as one-shot commands tell them. <see langword="null"/> when the own namespace could not be read.</summary>
    public HostReading? ToHostReading() => Own is null ? null : new HostReading
    {
        HostName = HostName,
        Kernel = Kernel,
        At = Own.At,
        Namespaces = [new NamespaceReading(OwnName.Name, OwnName.Inode, Own.States), .. Others],
        IsAll = Pace.WatchesAll,
    };
}
