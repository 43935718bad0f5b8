using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Namespaces;

/// <summary>The network namespace of the calling thread, told without looking at the other processes.</summary>
public static class OwnNamespace
{
    private static readonly NamespaceFiles s_files = new(NamespaceRoots.System);

    /// <summary>Its inode number; 0 where /proc does not tell.</summary>
    public static ulong Inode => Read("net");

    /// <summary><c>host</c> in the namespace in which the machine started, else <c>net:[INODE]</c>: a better name takes a survey.</summary>
    public static string Name
    {
        get
        {
            ulong inode = Inode;
            return inode == NamespaceNamer.InitialNetwork || SharesWithInit() ? "host" : $"net:[{inode}]";
        }
    }

    /// <summary>Whether processes have other numbers here than those of the machine: a container; also where /proc does not tell.</summary>
    public static bool HasOwnProcesses => Read("pid") != NamespaceNamer.InitialProcess;

    // Process 1 is the machine's only in the initial process namespace. Every user may compare what /proc shows of it and of himself.
    private static bool SharesWithInit() =>
        !HasOwnProcesses
        && s_files.ReadStandIn("1", out ulong init) == Errno.None
        && s_files.ReadStandIn("thread-self", out ulong own) == Errno.None
        && init == own;

    private static ulong Read(string kind) => s_files.ReadInode("thread-self", kind, out ulong inode) == Errno.None ? inode : 0;
}
