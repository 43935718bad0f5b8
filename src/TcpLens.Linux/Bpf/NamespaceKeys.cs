using TcpLens.Core.Sources;

namespace TcpLens.Linux.Bpf;

/// <summary>Hands the counts by key of one walk to the namespaces that they belong to.</summary>
/// <param name="byInode">What takes the counts of the namespaces that are wanted.</param>
internal sealed class NamespaceKeys(IReadOnlyDictionary<ulong, IKeyedSink> byInode)
{
    private readonly Dictionary<ulong, IKeyedSink> _byAddress = [];
    private readonly HashSet<ulong> _seen = [];

    /// <summary>Whether the walk told that namespace's sockets.</summary>
    public bool Saw(ulong inode) => _seen.Contains(inode);

    /// <summary>Takes the namespaces of a walk over their ring.</summary>
    public void Begin(HashWalk walk, int namespaces)
    {
        foreach (var (address, inode) in WalkedNamespaces.Of(walk, namespaces))
        {
            if (!byInode.TryGetValue(inode, out var counts))
                continue;
            _byAddress[address] = counts;
            _seen.Add(inode);
        }
    }

    /// <summary>What takes the counts of the namespace at that address; <see langword="null"/> for one that is not wanted.</summary>
    public IKeyedSink? Of(ulong address) => _byAddress.GetValueOrDefault(address);
}
