using System.Collections.Immutable;
using TcpLens.Core.Model;

namespace TcpLens.Core.Owners;

/// <summary>Who held which sockets at one look: immutable and bounded, whatever the host holds.</summary>
public sealed record OwnerCensus
{
    /// <summary>Services that are told apart; all others are one.</summary>
    public const int ServicesMaximum = 20;

    /// <summary>Processes whose descriptors are counted.</summary>
    public const int ProcessesMaximum = 64;

    /// <summary>The name of the own namespace.</summary>
    public required string Own { get; init; }

    /// <summary>The services with the most sockets, of all namespaces that were looked at, the largest first.</summary>
    public ImmutableArray<OwnerCount> Largest { get; init; } = [];

    /// <summary>The sockets of all other services, by the number of the state.</summary>
    public ImmutableArray<int> Others { get; init; } = [];

    /// <summary>Sockets without owner, by the number of the state.</summary>
    public ImmutableArray<int> Unknown { get; init; } = [];

    /// <summary>Sockets without owner, and why.</summary>
    public OwnerGap Gap { get; init; }

    /// <summary>Who listens at the ports of the own namespace.</summary>
    public required IReadOnlyDictionary<ushort, Owner> Listeners { get; init; }

    /// <summary>Who connects to a remote end, one process of each of the at most three services with the most connections, the largest first; of the own namespace.</summary>
    public required IReadOnlyDictionary<TcpEndpoint, ImmutableArray<Owner>> Callers { get; init; }

    /// <summary>The service of the own namespace with the most sockets in a state, by the number of the state, and that of its processes which has the most; <see langword="null"/> where none has any.</summary>
    public required ImmutableArray<OwnerCount?> Foremost { get; init; }

    /// <summary>For how many seconds the oldest socket of the own namespace has been in a state, at least, by the number of the state; empty where nobody remembers.</summary>
    public ImmutableArray<int?> Oldest { get; init; } = [];

    /// <summary>The processes with the most sockets, of all namespaces that were looked at, the largest first.</summary>
    public ImmutableArray<Owner> Busiest { get; init; } = [];

    /// <summary>Their descriptors; without those that may not be looked at.</summary>
    public ImmutableArray<DescriptorUse> Descriptors { get; init; } = [];

    /// <summary>For how long the oldest socket of the own namespace has been in the state, at least: since it was first seen in it, of TIME_WAIT by its timer. <see langword="null"/> when nobody watched.</summary>
    public int? OldestSeconds(TcpState state) => Oldest.IsEmpty ? null : Oldest[(int)state];
}
