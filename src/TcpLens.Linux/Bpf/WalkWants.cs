namespace TcpLens.Linux.Bpf;

/// <summary>What is wanted of a run (<c>programs/walk.h</c>).</summary>
[Flags]
internal enum WalkWants
{
    /// <summary>Counts by kind, of the calling thread's namespace.</summary>
    None = 0,

    /// <summary>A row for each socket instead of counts.</summary>
    Rows = 1,

    /// <summary>The sockets of every namespace.</summary>
    EveryNamespace = 2,

    /// <summary>With a row: who holds the socket, and the details of those states in which they show trouble.</summary>
    Signs = 4,

    /// <summary>With a row: the details of every socket.</summary>
    Details = 8,

    /// <summary>Counts by state for each key.</summary>
    Groups = 16,

    /// <summary>With a row: inode, user and cgroup of every socket.</summary>
    Owners = 32,
}
