using TcpLens.Core.Monitoring;
using TcpLens.Linux.Reading;

namespace TcpLens.Serving;

/// <summary>What is to be sampled, how often and for how much CPU.</summary>
/// <param name="Interval">From the configuration, more than 0.</param>
/// <param name="BudgetPercent">Of one core, more than 0.</param>
/// <param name="WatchesAll">Whether the other namespaces of the host are read too.</param>
/// <param name="Source">How the kernel is to be read.</param>
internal sealed record SamplingPlan(TimeSpan Interval, double BudgetPercent, bool WatchesAll, SourceChoice Source)
{
    public PaceKeeper NewPace() => new(Interval, BudgetPercent, WatchesAll);
}
