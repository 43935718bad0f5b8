using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;

namespace TcpLens.Core.Diagnosis;

/// <summary>Makes an <see cref="IdleCensus"/> of one pass that tells <see cref="States"/>, listeners first, as netlink does.</summary>
/// <param name="age">Silent for so long counts.</param>
public sealed class IdleCounting(TimeSpan age) : ISocketSink
{
    /// <summary>Groups that are told apart, as many as destinations are: a tenth of a kilobyte each. Of more, those that came first.</summary>
    private const int GroupsMaximum = PortCensus.DestinationsMaximum;

    private readonly HashSet<ushort> _listening = [];
    private readonly Dictionary<Destination, Tally> _groups = [];
    private long _all;
    private long _idle;
    private bool _isTold = true;

    /// <summary>The states to ask for.</summary>
    public static StateMask States { get; } = default(StateMask).With(TcpState.Listen).With(TcpState.Established);

    public SocketDetail Detail => SocketDetail.Idle;

    public bool Take(in SocketRecord socket)
    {
        if (socket.IsListener)
            _listening.Add(socket.Local.Port);
        else if (socket.State == TcpState.Established && socket.Inode != 0)
            Count(socket);
        return _isTold;
    }

    /// <summary>What was counted; <see langword="null"/> where the source does not tell who is silent, or broke off.</summary>
    public IdleCensus? ToCensus(Pass pass) => !_isTold || pass.Completeness == Completeness.Truncated ? null : new IdleCensus(
        age, _all, _idle,
        [
            .. _groups.Where(one => one.Value.Idle > 0)
                .OrderByDescending(one => one.Value.Idle).ThenBy(one => one.Key.Target.Address).ThenBy(one => one.Key.Target.Port).ThenBy(one => one.Key.Source)
                .Take(IdleCensus.GroupsMaximum).Select(one => one.Value.ToGroup(one.Key)),
        ]);

    private void Count(in SocketRecord socket)
    {
        if (socket.IdleMilliseconds is not { } milliseconds)
        {
            _isTold = false;
            return;
        }

        _all++;
        bool isSilent = milliseconds >= age.TotalMilliseconds, isIdle = isSilent && socket.Timer == SocketTimer.None;
        _idle += isIdle ? 1 : 0;
        var key = _listening.Contains(socket.Local.Port) ? new Destination(default, new TcpEndpoint(default, socket.Local.Port)) : new Destination(socket.Local.Address, socket.Remote);
        if (_groups.Count >= GroupsMaximum && !_groups.ContainsKey(key))
            return;
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, key, out _);
        tally = new Tally(
            tally.All + 1,
            tally.Idle + (isIdle ? 1 : 0),
            tally.Kept + (isSilent && socket.Timer == SocketTimer.KeepAlive ? 1 : 0),
            isIdle ? Math.Max(tally.Longest, milliseconds) : tally.Longest);
    }

    private readonly record struct Tally(int All, int Idle, int Kept, uint Longest)
    {
        // Connections that came in have no destination: their listening port stands in its place.
        public IdleGroup ToGroup(Destination key) => new(
            key.Target.Address == default ? null : key, key.Target.Address == default ? key.Target.Port : (ushort)0, All, Idle, Kept, TimeSpan.FromMilliseconds(Longest));
    }
}
