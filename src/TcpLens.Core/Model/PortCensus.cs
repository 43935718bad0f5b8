using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TcpLens.Core.Sources;

namespace TcpLens.Core.Model;

/// <summary>
/// Counts the sockets of one pass by state, by listening port and by destination, all at once. Its tables are bounded whatever the host
/// holds: 3 MB for all ports, 1 MB for destinations. Made once and used again for every pass.
/// </summary>
public sealed class PortCensus : ISocketSink
{
    /// <summary>Destinations that are told apart. Of more than these, those that came first in the kernel's order, which is nearly random.</summary>
    public const int DestinationsMaximum = 8192;

    private const int Ports = 65_536;

    private readonly int[] _byPort = new int[Ports * TcpStates.TableLength];
    private readonly bool[] _ephemeral = new bool[Ports];
    private readonly Dictionary<ushort, Queues> _listening = [];
    private readonly Dictionary<Destination, DestinationUse> _destinations = [];
    private SocketSigns _signs;

    /// <summary>The same sockets by state alone.</summary>
    public Census Census { get; } = new();

    public SocketDetail Detail => SocketDetail.Signs;

    /// <summary>What single sockets show by themselves.</summary>
    public SocketSigns Signs => _signs;

    /// <summary>Destinations that were told apart, at most <see cref="DestinationsMaximum"/>.</summary>
    public int DestinationCount => _destinations.Count;

    /// <summary>Sockets to destinations that found no place in the table; 0 unless there are more than <see cref="DestinationsMaximum"/>.</summary>
    public int DestinationsUnseen { get; private set; }

    /// <summary>Listening ports that were seen, in rising order, those that loopback alone can reach last.</summary>
    public ImmutableArray<ListeningPort> ListeningPorts =>
    [
        .. _listening.Select(one => one.Value.ToPort(one.Key, _byPort.AsSpan(one.Key * TcpStates.TableLength, TcpStates.TableLength)))
            .OrderBy(port => port.Scope == ListenerScope.Loopback).ThenBy(port => port.Port),
    ];

    public bool Take(in SocketRecord socket)
    {
        Census.Take(socket);
        _signs.Add(socket);
        ushort port = socket.Local.Port;
        _byPort[(port * TcpStates.TableLength) + (int)socket.State]++;
        if (socket.IsListener)
            CollectionsMarshal.GetValueRefOrAddDefault(_listening, port, out _).Add(socket);
        else if (_ephemeral[port] && socket.Remote.Port != 0 && !_listening.ContainsKey(port))
            AddToDestination(socket);
        return true;
    }

    /// <summary>Forgets all counts; from now on the ports of <paramref name="limits"/> are the ephemeral ones.</summary>
    public void Clear(KernelLimits limits)
    {
        Array.Clear(_ephemeral);
        if (limits.EphemeralPorts is { } range)
            Array.Fill(_ephemeral, value: true, range.First, range.Count);
        foreach (var reserved in limits.ReservedPorts.IsDefault ? [] : limits.ReservedPorts)
            Array.Clear(_ephemeral, reserved.First, reserved.Count);
        Clear();
    }

    /// <summary>Forgets all counts.</summary>
    public void Clear()
    {
        Census.Clear();
        Array.Clear(_byPort);
        _listening.Clear();
        _destinations.Clear();
        _signs = default;
        DestinationsUnseen = 0;
    }

    /// <summary>The destinations that take the most ports, at most <paramref name="most"/> of them, the busiest first.</summary>
    public ImmutableArray<DestinationUse> BusiestDestinations(int most) =>
    [
        .. _destinations.Values.OrderByDescending(use => use.Used)
            .ThenBy(use => use.Destination.Target.Address).ThenBy(use => use.Destination.Target.Port).ThenBy(use => use.Destination.Source)
            .Take(most),
    ];

    /// <summary>The destinations with the most connections that nobody answers, at most <paramref name="most"/> of them.</summary>
    public ImmutableArray<DestinationUse> SilentDestinations(int most) =>
    [
        .. _destinations.Values.Where(use => use.Unanswered > 0).OrderByDescending(use => use.Unanswered)
            .ThenBy(use => use.Destination.Target.Address).ThenBy(use => use.Destination.Target.Port).ThenBy(use => use.Destination.Source)
            .Take(most),
    ];

    private void AddToDestination(in SocketRecord socket)
    {
        var key = new Destination(socket.Local.Address, socket.Remote);
        if (_destinations.Count >= DestinationsMaximum && !_destinations.ContainsKey(key))
        {
            DestinationsUnseen++;
            return;
        }

        ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(_destinations, key, out _);
        bool isOpening = socket.State == TcpState.SynSent;
        use = new DestinationUse(
            key,
            use.Used + 1,
            use.TimeWait + (socket.State == TcpState.TimeWait ? 1 : 0),
            use.SynSent + (isOpening ? 1 : 0),
            use.Unanswered + (isOpening && socket.Retransmits >= SocketSigns.UnansweredRepeats ? 1 : 0));
    }

    // The queues of all listeners of a port; the fullest by its ratio stands for the port.
    private record struct Queues
    {
        private int _listeners;
        private ListenerScope _scope;
        private bool _hasIPv4;
        private bool _hasIPv6;
        private bool _hasUnknownLimit;
        private uint _queue;
        private uint _limit;
        private long _limits;

        public void Add(in SocketRecord listener)
        {
            if (_listeners++ == 0 || (ulong)listener.ReceiveQueue * _limit > (ulong)_queue * listener.SendQueue)
                (_queue, _limit) = (listener.ReceiveQueue, listener.SendQueue);
            _limits += listener.SendQueue;
            _hasUnknownLimit |= listener.SendQueue == 0;
            _hasIPv4 |= listener.Family == SocketFamily.IPv4;
            _hasIPv6 |= listener.Family == SocketFamily.IPv6;
            var address = listener.Local.Address;
            var scope = address.IsAny ? ListenerScope.Any : address.IsLoopback ? ListenerScope.Loopback : ListenerScope.Address;
            _scope = scope > _scope ? scope : _scope;
        }

        public readonly ListeningPort ToPort(ushort port, ReadOnlySpan<int> byState) => new()
        {
            Port = port,
            Scope = _scope,
            Listeners = _listeners,
            HasIPv4 = _hasIPv4,
            HasIPv6 = _hasIPv6,
            AcceptQueue = _queue,
            AcceptQueueMaximum = _limit == 0 ? null : _limit,
            HalfOpenMaximum = _hasUnknownLimit ? null : _limits,
            ByState = byState.ToArray(),
        };
    }
}
