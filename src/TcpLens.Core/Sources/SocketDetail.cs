namespace TcpLens.Core.Sources;

/// <summary>How much of a <see cref="Model.SocketRecord"/> somebody looks at. Each contains the ones before.</summary>
public enum SocketDetail
{
    /// <summary>State, family, both ends, and what <see cref="Model.Census"/> tells apart: of an inode only whether FIN_WAIT2 and SYN_RECV have one.</summary>
    Ends,

    /// <summary>What <see cref="Model.SocketSigns"/> looks at, and the queues of listeners.</summary>
    Signs,

    /// <summary>Besides, by what an owner is known: inode, user and cgroup of every socket, and how long TIME_WAIT lasts.</summary>
    Owners,

    /// <summary>Everything that is cheap.</summary>
    All,

    /// <summary>Since when nobody speaks on a connection, too: netlink alone tells it, and takes longer.</summary>
    Idle,
}
