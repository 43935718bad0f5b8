using System.Runtime.InteropServices;
using TcpLens.Core.Model;

namespace TcpLens.Core.Sources;

/// <summary>Counts by key what a source tells socket by socket.</summary>
/// <param name="key">What they are counted by.</param>
/// <param name="states">Those that are counted.</param>
/// <param name="counts">Takes each socket as one.</param>
public sealed class KeyingSink(SocketKey key, StateMask states, IKeyedSink counts) : ISocketSink
{
    // A half-open request has no cgroup, its listener has; listeners are told first.
    private readonly Dictionary<ushort, ulong> _listeners = [];

    /// <summary>The states to ask a source for.</summary>
    public StateMask States => key.Kind == SocketKeyKind.Cgroup && states.Contains(TcpState.SynRecv) ? states.With(TcpState.Listen) : states;

    public SocketDetail Detail => key.Kind == SocketKeyKind.Cgroup ? SocketDetail.Owners : SocketDetail.Ends;

    public bool Take(in SocketRecord socket)
    {
        var found = key.Of(socket);
        if (key.Kind == SocketKeyKind.Cgroup)
        {
            if (socket.IsListener)
                CollectionsMarshal.GetValueRefOrAddDefault(_listeners, socket.Local.Port, out _) = socket.CgroupId;
            else if (socket.IsRequest)
                found = _listeners.GetValueOrDefault(socket.Local.Port);
        }

        if (states.Contains(socket.State))
            counts.Add(found, socket.State, 1);
        return true;
    }
}
