using TcpLens.Core.Model;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// The counts of every network namespace from one walk. Those with a table of their own (net.ipv4.tcp_child_ehash_entries) are not in it. Made
/// once and used again for every walk; a namespace that has gone is forgotten.
/// </summary>
internal sealed class NamespaceCounts
{
    private readonly Dictionary<ulong, Census> _byAddress = [];
    private readonly Dictionary<ulong, Census> _byInode = [];
    private ulong _lastAddress;
    private Census? _last;

    /// <summary>The counts of a namespace; <see langword="null"/> for one that the walk did not see.</summary>
    public Census? this[ulong inode] => _byInode.GetValueOrDefault(inode);

    /// <summary>Takes the namespaces of a walk over their ring, the caller's own first, and forgets all counts.</summary>
    public void Begin(HashWalk walk, int namespaces)
    {
        _byInode.Clear();
        _byAddress.Clear();
        (_lastAddress, _last) = (0, null);
        foreach (var (address, inode) in WalkedNamespaces.Of(walk, namespaces))
        {
            var census = new Census();
            _byAddress[address] = census;
            _byInode[inode] = census;
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
