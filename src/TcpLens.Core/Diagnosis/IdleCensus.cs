using System.Collections.Immutable;

namespace TcpLens.Core.Diagnosis;

/// <summary>Which connections nobody speaks on, at one look: immutable and bounded, whatever the host holds.</summary>
/// <param name="Age">Silent for so long counts.</param>
/// <param name="All">Accepted ESTABLISHED connections.</param>
/// <param name="Idle">Of these, those that have been silent for <paramref name="Age"/> and have no keepalive timer.</param>
/// <param name="Largest">The groups with the most silent ones, the largest first, at most <see cref="GroupsMaximum"/>; none without any.</param>
public sealed record IdleCensus(TimeSpan Age, long All, long Idle, ImmutableArray<IdleGroup> Largest)
{
    /// <summary>Groups that are told.</summary>
    public const int GroupsMaximum = 20;
}
