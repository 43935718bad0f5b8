using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Lab;

/// <summary>
/// The sockets of the lab that have no peer: listeners and bound ports; and the half-open connections, which live in a listener. Called on the
/// namespace's thread.
/// </summary>
internal sealed class Listeners(Peer peer) : IDisposable
{
    private const int ChunkLength = 128;
    private const int Backlog = 4096;

    private readonly List<int> _descriptors = [];
    private readonly List<Listener> _listeners = [];
    private int _portsUsed;
    private int _ipv4Clients;
    private int _ipv6Clients;

    /// <summary>Listeners that nobody asked for: SYN_RECV needs one.</summary>
    public int Own => _listeners.Count(listener => listener.IsOwn);

    /// <summary>Makes listeners; one that the lab had for itself becomes one of them. Returns how many are new.</summary>
    public int Listen(int count, LabFamily family)
    {
        int adopted = 0;
        foreach (var listener in _listeners)
        {
            if (adopted < count && listener.IsOwn && listener.Family == family)
            {
                listener.IsOwn = false;
                adopted++;
            }
        }

        for (int i = adopted; i < count; i++)
            Listen(family, NextPort(), isOwn: false, sharesPort: false);
        return count - adopted;
    }

    /// <summary>Makes <paramref name="count"/> listeners at one port.</summary>
    public void ListenTogether(int count, LabFamily family)
    {
        ushort port = NextPort();
        for (int i = 0; i < count; i++)
            Listen(family, port, isOwn: false, sharesPort: true);
    }

    /// <summary>Sockets with a port and nothing else: CLOSE.</summary>
    public void Bind(int count, LabFamily family)
    {
        for (int i = 0; i < count; i++)
        {
            int socket = Open(family);
            TcpSocket.Bind(socket, family.Socket(), new TcpEndpoint(AddressPlan.Host(family.SpeaksIpv6()), NextPort()));
        }
    }

    /// <summary>Clients send a SYN and are silent then: SYN_RECV. Returns how many listeners had to be made for it (0 or 1).</summary>
    public int HalfOpen(int count, LabFamily family)
    {
        var listener = _listeners.Find(candidate => candidate.Serves(family));
        int made = listener is null ? 1 : 0;
        listener ??= Listen(family, NextPort(), isOwn: true, sharesPort: false);
        listener.HalfOpen += count;
        // When half of the backlog is full the kernel gives clients up early; which of the listeners at one port a client meets, it chooses.
        foreach (var reached in _listeners.Where(other => other.Port == listener.Port))
            TcpSocket.Listen(reached.Descriptor, Math.Max(Backlog, 4 * listener.HalfOpen));
        for (int done = 0; done < count; done += ChunkLength)
            CallChunk(listener, Math.Min(ChunkLength, count - done), family.SpeaksIpv6());
        return made;
    }

    public void Dispose()
    {
        _descriptors.ForEach(TcpSocket.Close);
        _descriptors.Clear();
        _listeners.Clear();
    }

    private Listener Listen(LabFamily family, ushort port, bool isOwn, bool sharesPort)
    {
        int socket = Open(family);
        if (sharesPort)
            TcpSocket.ShareListeningPort(socket);
        var address = family == LabFamily.V4Mapped ? AddressPlan.Host(ipv6: false) : default;
        TcpSocket.Bind(socket, family.Socket(), new TcpEndpoint(address, port));
        TcpSocket.Listen(socket, Backlog);
        var listener = new Listener { Descriptor = socket, Family = family, Port = port, IsOwn = isOwn };
        _listeners.Add(listener);
        return listener;
    }

    private void CallChunk(Listener listener, int count, bool ipv6)
    {
        ref int clients = ref ipv6 ? ref _ipv6Clients : ref _ipv4Clients;
        int first = clients;
        var host = new TcpEndpoint(AddressPlan.Host(ipv6), listener.Port);
        peer.IgnoreWaiting();
        for (int i = 0; i < count; i++)
            peer.Send(new TcpSegment(AddressPlan.Client(ipv6, clients++), host, Sequence: 1, Acknowledgment: 0, TcpFlags.Syn));
        Span<uint> answers = stackalloc uint[ChunkLength];
        peer.AwaitSequences(TcpFlags.Syn | TcpFlags.Acknowledgment, first, answers[..count], AddressPlan.ClientNumber);
    }

    private int Open(LabFamily family)
    {
        int socket = TcpSocket.Open(family.Socket());
        _descriptors.Add(socket);
        return socket;
    }

    private ushort NextPort()
    {
        if (_portsUsed == AddressPlan.BoundPorts)
        {
            throw new LabException(new Phrase(
                "the lab has {0} ports for LISTEN and CLOSE together, and all are taken",
                "实验室供 LISTEN 和 CLOSE 共用的端口共 {0} 个，已全部用完").With(AddressPlan.BoundPorts));
        }

        return (ushort)(AddressPlan.FirstBoundPort + _portsUsed++);
    }

    private sealed class Listener
    {
        public required int Descriptor { get; init; }

        public required LabFamily Family { get; init; }

        public required ushort Port { get; init; }

        /// <summary>Nobody asked for it.</summary>
        public required bool IsOwn { get; set; }

        public int HalfOpen { get; set; }

        /// <summary>Whether a client of this family reaches it and becomes a socket of this family; a listener at [::] takes IPv4 too.</summary>
        public bool Serves(LabFamily family) => Family == family || (Family == LabFamily.IPv6 && family == LabFamily.V4Mapped);
    }
}
