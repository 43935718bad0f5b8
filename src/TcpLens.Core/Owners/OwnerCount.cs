using System.Collections.Immutable;
using TcpLens.Core.Model;

namespace TcpLens.Core.Owners;

/// <summary>The sockets of one service in one namespace.</summary>
/// <param name="Owner">The first of its processes that was seen.</param>
/// <param name="Netns">The namespace.</param>
/// <param name="ByState">Sockets, by the number of the state.</param>
public sealed record OwnerCount(Owner Owner, string Netns, ImmutableArray<int> ByState)
{
    public int Total => ByState.Sum();

    public int this[TcpState state] => ByState[(int)state];
}
