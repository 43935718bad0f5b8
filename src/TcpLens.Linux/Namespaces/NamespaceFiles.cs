using System.Text;
using System.Text.Unicode;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Namespaces;

/// <summary>
/// Identifies the network namespaces behind the files of /proc and /run/netns. Two calls into the kernel at most for one process, nothing
/// allocated.
/// </summary>
internal sealed class NamespaceFiles
{
    private const int PathBytes = 4096;

    private readonly string _proc;
    private readonly FileIdentity? _nsfs;

    public NamespaceFiles(NamespaceRoots roots)
    {
        _proc = roots.Proc;
        if (FileIdentity.Of(Encoding.UTF8.GetBytes($"{_proc}/thread-self/ns/net\0"), out var own) == Errno.None)
            _nsfs = own;
    }

    /// <summary>
    /// Reads the namespace of <paramref name="process"/> from its link <c>ns/net</c>, which is allowed to its owner and to root.
    /// <paramref name="kind"/> is <c>net</c>, or another kind of namespace.
    /// </summary>
    public Errno ReadInode(ReadOnlySpan<char> process, string kind, out ulong inode)
    {
        inode = 0;
        Span<byte> path = stackalloc byte[PathBytes];
        if (!Utf8.TryWrite(path, $"{_proc}/{process}/ns/{kind}\0", out int length))
            return Errno.EINVAL;
        Span<byte> target = stackalloc byte[64];
        var error = FileIdentity.ReadLink(path[..length], target, out int targetLength);
        if (error != Errno.None)
            return error;
        return NamespaceLink.TryParse(target[..targetLength], Encoding.ASCII.GetBytes(kind), out inode) ? Errno.None : Errno.EINVAL;
    }

    /// <summary>Reads the number that stands in for the namespace of <paramref name="process"/>: every user may.</summary>
    public Errno ReadStandIn(ReadOnlySpan<char> process, out ulong standIn)
    {
        standIn = 0;
        Span<byte> path = stackalloc byte[PathBytes];
        if (!Utf8.TryWrite(path, $"{_proc}/{process}/net/tcp\0", out int length))
            return Errno.EINVAL;
        var error = FileIdentity.Of(path[..length], out var identity);
        standIn = identity.Inode;
        return error;
    }

    /// <summary>
    /// Reads the namespace that a file stands for. A file of another filesystem stands for none: it is what <c>ip netns</c> leaves when
    /// a namespace is unmounted in another mount namespace.
    /// </summary>
    public bool TryReadFile(string file, out ulong inode)
    {
        bool stands = FileIdentity.Of(Encoding.UTF8.GetBytes(file + "\0"), out var identity) == Errno.None
            && (_nsfs is not { } nsfs || identity.IsOnFilesystemOf(nsfs));
        inode = identity.Inode;
        return stands;
    }
}
