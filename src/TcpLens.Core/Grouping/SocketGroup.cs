using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.Core.Grouping;

/// <summary>Sockets that have something in common, counted by state. Valid until more sockets are added.</summary>
public readonly struct SocketGroup
{
    private readonly ArraySegment<int> _byState;
    private readonly ArraySegment<int> _oldest;
    private readonly byte _certainties;

    internal SocketGroup(string key, int total, ArraySegment<int> byState, ArraySegment<int> oldest, byte certainties, Owner? owner)
    {
        (Key, Total, _byState, _oldest, _certainties, Owner) = (key, total, byState, oldest, certainties, owner);
    }

    public string Key { get; }

    public int Total { get; }

    /// <summary>The owner that was seen first; <see langword="null"/> unless the groups are owners.</summary>
    public Owner? Owner { get; }

    /// <summary>How sure the owners are: <c>held</c>, <c>listener</c>, <c>remembered</c>, <c>cgroup</c>, or <c>mixed</c>; <see langword="null"/> unless the groups are owners.</summary>
    public string? Certainty => byte.IsPow2(_certainties)
        ? ((OwnerCertainty)byte.Log2(_certainties)).ToString().ToLowerInvariant()
        : _certainties == 0 ? null : "mixed";

    /// <summary>Sockets in one state.</summary>
    public int this[TcpState state] => _byState[(int)state];

    /// <summary>How long the oldest socket has been in the state, at least, in seconds; <see langword="null"/> when nobody watched.</summary>
    public int? OldestSeconds(TcpState state) => _oldest.Count > 0 && _oldest[(int)state] > 0 ? _oldest[(int)state] - 1 : null;
}
