using System.Runtime.InteropServices;
using TcpLens.Core.Model;

namespace TcpLens.Linux.Owners;

/// <summary>
/// Remembers who held a connection, for the time when only the kernel does, and since when it has been in its state. Bounded: connections beyond
/// <see cref="Maximum"/> are not remembered.
/// </summary>
internal sealed class ConnectionMemory
{
    /// <summary>70 bytes each, 9 MB in all.</summary>
    public const int Maximum = 131_072;

    /// <summary>Longer than any connection is in TIME_WAIT; what was not seen for so long has gone.</summary>
    private const int LastsSeconds = 120;

    /// <summary>TIME_WAIT takes so long on Linux, whatever is set (TCP_TIMEWAIT_LEN).</summary>
    private const int TimeWaitSeconds = 60;

    private readonly Dictionary<ConnectionKey, Trace> _traces = [];

    public int Count => _traces.Count;

    /// <summary>Takes note that the connection is there, in its state, and of its holder where it has one.</summary>
    public void See(in ConnectionKey key, TcpState state, Holder? holder, int now)
    {
        // A TIME_WAIT that comes unknown has no holder any more, and its timer tells its age.
        if ((_traces.Count >= Maximum || state == TcpState.TimeWait) && !_traces.ContainsKey(key))
            return;
        ref var trace = ref CollectionsMarshal.GetValueRefOrAddDefault(_traces, key, out bool isKnown);
        int since = isKnown && trace.State == state ? trace.Since : now;
        trace = new Trace(holder ?? trace.Holder, state, since, now);
    }

    /// <summary>Who held the connection; <see langword="null"/> when nobody was seen to.</summary>
    public Holder? HolderOf(in ConnectionKey key) => _traces.TryGetValue(key, out var trace) ? trace.Holder : null;

    /// <summary>For how long the connection has been in its state, at least; <see langword="null"/> when nobody watched.</summary>
    public int? SecondsOf(in ConnectionKey key, in SocketRecord socket, int now)
    {
        if (socket is { State: TcpState.TimeWait, Timer: SocketTimer.TimeWait })
            return Math.Clamp(TimeWaitSeconds - (int)(socket.TimerMilliseconds / 1000), 0, TimeWaitSeconds);
        return _traces.TryGetValue(key, out var trace) && trace.State == socket.State ? now - trace.Since : null;
    }

    /// <summary>Forgets what was not seen for long.</summary>
    public void Age(int now)
    {
        foreach (var (key, trace) in _traces)
        {
            if (now - trace.Seen > LastsSeconds)
                _traces.Remove(key);
        }
    }

    private readonly record struct Trace(Holder? Holder, TcpState State, int Since, int Seen);
}
