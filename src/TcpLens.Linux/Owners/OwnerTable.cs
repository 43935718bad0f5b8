using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.Linux.Owners;

/// <summary>
/// Who holds which socket: what was found in the descriptors of processes, and what follows from it. Filled by <see cref="OwnerSearch"/>, asked while
/// sockets are streamed. Its tables are bounded; what finds no place has no owner.
/// </summary>
internal sealed class OwnerTable(OwnerRoots roots, bool remembers)
{
    /// <summary>Sockets whose holder is known: 35 bytes each, 18 MB in all.</summary>
    public const int SocketsMaximum = 524_288;

    /// <summary>A socket that was not seen for so long has gone; other namespaces may be read in between.</summary>
    private const int SocketLastsSeconds = 120;

    /// <summary>A socket that nobody was found to hold is not searched for again sooner: a search costs much.</summary>
    private const int UnfoundSeconds = 30;

    private readonly Dictionary<uint, Holding> _held = [];
    private readonly Dictionary<uint, int> _unfound = [];
    private readonly HashSet<uint> _wanted = [];
    private readonly List<(ConnectionKey Key, uint Inode, TcpState State)> _fresh = [];
    private readonly Dictionary<string, int> _namespaces = new(StringComparer.Ordinal);
    private readonly ListenerTable _listeners = new();
    private readonly CgroupTree _cgroups = new(roots);
    private readonly ConnectionMemory? _memory = remembers ? new ConnectionMemory() : null;

    /// <summary>Who holds which socket, where the kernel has told all of them: then nothing is searched for.</summary>
    public ToldHolders? Told { get; set; }

    /// <summary>Seconds on a clock that only goes forward.</summary>
    public int Now { get; private set; }

    /// <summary>Sockets whose holder is searched for.</summary>
    public int Wanted => _wanted.Count;

    /// <summary>Whether there were more sockets than <see cref="SocketsMaximum"/>.</summary>
    public bool IsCut { get; private set; }

    public int Remembered => _memory?.Count ?? 0;

    /// <summary>A new look at the sockets begins.</summary>
    public void Begin(int now)
    {
        Now = now;
        _listeners.Clear();
        _wanted.Clear();
        _fresh.Clear();
        IsCut = false;
        foreach (var (inode, at) in _unfound)
        {
            if (Now - at > UnfoundSeconds)
                _unfound.Remove(inode);
        }
    }

    /// <summary>The number that stands for a namespace in here.</summary>
    public int NumberOf(string netns)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_namespaces, netns, out bool isKnown);
        if (!isKnown)
            number = _namespaces.Count;
        return number;
    }

    /// <summary>Sees one socket of the look.</summary>
    public void See(int netns, in SocketRecord socket)
    {
        if (socket.IsListener)
            _listeners.Add(netns, socket);
        Holder? holder = null;
        bool isWanted = false;
        if (socket.Inode != 0 && Told is null)
        {
            if (_held.TryGetValue(socket.Inode, out var holding))
            {
                _held[socket.Inode] = holding with { Seen = Now };
                holder = holding.Holder;
            }
            else
            {
                isWanted = Want(socket.Inode);
            }
        }

        if (_memory is null || socket.IsListener || socket.State == TcpState.SynRecv)
            return;
        var key = ConnectionKey.Of(socket, netns);
        _memory.See(key, socket.State, holder, Now);
        if (isWanted)
            _fresh.Add((key, socket.Inode, socket.State));
    }

    /// <summary>The processes that hold the known sockets.</summary>
    public HashSet<Holder> Holders()
    {
        var holders = new HashSet<Holder>();
        foreach (var holding in _held.Values)
            holders.Add(holding.Holder);
        return holders;
    }

    /// <summary>Gives up what the holders that are gone have held, and what was not seen for long; the former is searched for again.</summary>
    public void Release()
    {
        foreach (var (inode, holding) in _held)
        {
            if (!holding.Holder.IsGone && Now - holding.Seen <= SocketLastsSeconds)
                continue;
            _held.Remove(inode);
            if (holding.Seen == Now)
                Want(inode);
        }

        _memory?.Age(Now);
    }

    /// <summary>A process shows that it holds a socket.</summary>
    /// <param name="inode">The socket, which may be of any kind.</param>
    /// <param name="holder">Makes the holder, when it matters.</param>
    public void Take(uint inode, Func<Holder?> holder)
    {
        bool isWanted = _wanted.Contains(inode);
        bool isHeld = _held.TryGetValue(inode, out var known);
        if ((!isWanted && !isHeld) || holder() is not { } found)
            return;
        _wanted.Remove(inode);
        if (!isHeld || known.Holder.IsGone || found.Precedes(known.Holder))
            _held[inode] = new Holding(found, Now);
    }

    /// <summary>The search is over: what was not found is not searched for again so soon.</summary>
    public void End()
    {
        foreach (uint inode in _wanted)
        {
            if (_unfound.Count < SocketsMaximum)
                _unfound[inode] = Now;
        }

        foreach (var (key, inode, state) in _fresh)
        {
            if (_held.TryGetValue(inode, out var holding))
                _memory!.See(key, state, holding.Holder, Now);
        }

        _wanted.Clear();
        _fresh.Clear();
    }

    /// <summary>Who holds the socket, by all that is known.</summary>
    public OwnerSighting OwnerOf(int netns, in SocketRecord socket)
    {
        if (socket.Inode != 0)
        {
            return HolderOf(socket.Inode) is { } one
                ? new OwnerSighting(one.Owner, OwnerCertainty.Held, Seconds(netns, socket))
                : OfCgroup(netns, socket);
        }

        if (_memory?.HolderOf(ConnectionKey.Of(socket, netns)) is { } holder)
            return new OwnerSighting(holder.Owner, OwnerCertainty.Remembered, Seconds(netns, socket));
        if (_listeners.Find(netns, socket.Local) is not { } listener)
            return OfCgroup(netns, socket);
        return HolderOf(listener.Inode) is { } ofListener
            ? new OwnerSighting(ofListener.Owner, OwnerCertainty.Listener, Seconds(netns, socket))
            : OfCgroup(netns, socket.CgroupId != 0 ? socket : socket with { CgroupId = listener.CgroupId });
    }

    private Holder? HolderOf(uint inode) => Told is not null ? Told.Find(inode) : _held.TryGetValue(inode, out var holding) ? holding.Holder : null;

    private OwnerSighting OfCgroup(int netns, in SocketRecord socket) => _cgroups.Find(socket.CgroupId, Now) is { } owner
        ? new OwnerSighting(owner, OwnerCertainty.Cgroup, Seconds(netns, socket))
        : new OwnerSighting(null, default, Seconds(netns, socket));

    private int? Seconds(int netns, in SocketRecord socket) => _memory?.SecondsOf(ConnectionKey.Of(socket, netns), socket, Now);

    private bool Want(uint inode)
    {
        if (_unfound.ContainsKey(inode))
            return false;
        if (_held.Count + _wanted.Count < SocketsMaximum)
            return _wanted.Add(inode);
        IsCut = true;
        return false;
    }

    private readonly record struct Holding(Holder Holder, int Seen);
}
