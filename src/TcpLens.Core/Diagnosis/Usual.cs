using System.Collections.Immutable;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;

namespace TcpLens.Core.Diagnosis;

/// <summary>What was usual at this hour, as far as a history knows: averages of one hour around the same time of day, by <see cref="MetricSeries.Id"/>.</summary>
/// <param name="Yesterday">A series that was not known is absent.</param>
/// <param name="LastWeek">The same of a week ago.</param>
public sealed record Usual(ImmutableDictionary<string, double> Yesterday, ImmutableDictionary<string, double> LastWeek)
{
    /// <summary>Local ports that the busiest destination takes.</summary>
    public const string BusiestPorts = "busiest.ports";

    /// <summary>Orphans of the whole machine.</summary>
    public const string Orphans = "kernel.orphans";

    /// <summary>Pages of TCP memory of the whole machine.</summary>
    public const string Memory = "kernel.memory";

    public static Usual Unknown { get; } = new(ImmutableDictionary<string, double>.Empty, ImmutableDictionary<string, double>.Empty);

    /// <summary>The series that rules compare with.</summary>
    public static ImmutableArray<MetricSeries> Series { get; } = [.. TcpStates.All.Select(info => MetricCatalog.IdOf(info.State)).Append(BusiestPorts).Append(Orphans).Append(Memory).Select(id => MetricSeries.Find(id)!)];
}
