using System.Runtime.InteropServices;
using TcpLens.Core.Model;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// The counts of every network namespace from one walk. Those with a table of their own (net.ipv4.tcp_child_ehash_entries) are not in it. Made
/// once and used again for every walk; a namespace that has gone is forgotten.
/// </summary>
internal sealed class NamespaceCounts
{
    private readonly Dictionary<ulong, Census> _byAddress = [];
    private readonly Dictionary<ulong, (Census? Census, ulong Address)> _byInode = [];
    private readonly Dictionary<(ulong Address, int Kind), long> _bound = [];
    private readonly HashSet<ulong> _left = [];
    private bool _hasBound;
    private ulong _lastAddress;
    private Census? _last;

    /// <summary>The counts of a namespace; <see langword="null"/> for one that the walk did not see.</summary>
    public Census? this[ulong inode] => _byInode.GetValueOrDefault(inode).Census;

    /// <summary>Takes the namespaces of a walk over their ring, the caller's own first, and forgets all counts.</summary>
    public void Begin(HashWalk walk, int namespaces)
    {
        _bound.Clear();
        _left.Clear();
        _hasBound = false;
        _byInode.Clear();
        _byAddress.Clear();
        (_lastAddress, _last) = (0, null);
        foreach (var (address, inode) in WalkedNamespaces.Of(walk, namespaces))
        {
            var census = new Census();
            _byAddress[address] = census;
            _byInode[inode] = (census, address);
        }
    }

    /// <summary>Whether the counts of a namespace have its bound sockets (CLOSE), after <see cref="AddBound"/>.</summary>
    public bool HasBound(ulong inode) => _hasBound && !_left.Contains(_byInode.GetValueOrDefault(inode).Address);

    /// <summary>Takes a row of <see cref="WalkTable.Bound"/>, which nothing counts before that walk has come to its end.</summary>
    /// <returns><see langword="false"/> for a row that tells neither a socket nor a namespace.</returns>
    public bool TakeBound(ReadOnlySpan<byte> row)
    {
        ulong address = WalkRow.Namespace(row);
        if (WalkRow.IsLeft(row))
            _left.Add(address);
        else if (WalkRow.TryKind(WalkRow.Kind(row), out _))
            CollectionsMarshal.GetValueRefOrAddDefault(_bound, (address, WalkRow.Kind(row)), out _)++;
        else
            return false;
        return true;
    }

    /// <summary>Counts what was taken, but for namespaces of which something is missing.</summary>
    public void AddBound()
    {
        _hasBound = true;
        foreach (var ((address, kind), count) in _bound)
        {
            if (!_left.Contains(address) && WalkRow.TryKind(kind, out var socket))
                _byAddress.GetValueOrDefault(address)?.Add(socket, count);
        }
    }

    /// <summary>Counts a socket of the namespace at that address. One that was made during the walk is not counted.</summary>
    public void Take(ulong address, in SocketRecord socket)
    {
        if (address != _lastAddress)
            (_lastAddress, _last) = (address, _byAddress.GetValueOrDefault(address));
        _last?.Take(socket);
    }
}
