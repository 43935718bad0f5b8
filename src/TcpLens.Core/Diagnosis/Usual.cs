using System.Collections.Immutable;
using TcpLens.Core.Model;

namespace TcpLens.Core.Diagnosis;

/// <summary>What was usual at this hour, as far as a history knows: averages of one hour around the same time of day.</summary>
/// <param name="Yesterday">By state; a state that was not known is absent.</param>
/// <param name="LastWeek">The same of a week ago.</param>
public sealed record Usual(ImmutableDictionary<TcpState, double> Yesterday, ImmutableDictionary<TcpState, double> LastWeek)
{
    public static Usual Unknown { get; } = new(ImmutableDictionary<TcpState, double>.Empty, ImmutableDictionary<TcpState, double>.Empty);
}
