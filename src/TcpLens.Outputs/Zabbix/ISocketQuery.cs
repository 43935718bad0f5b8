using TcpLens.Core.Model;

namespace TcpLens.Outputs.Zabbix;

/// <summary>What a key counts socket by socket. Equal queries count the same: one pass over the sockets answers many of them.</summary>
public interface ISocketQuery
{
    /// <summary>The states to ask the kernel for.</summary>
    StateMask States { get; }

    /// <summary>Whether CLOSE is counted for its own sake: then a source that cannot see it has no answer.</summary>
    bool NeedsClose { get; }

    /// <summary>Whether the socket is counted. Allocates nothing.</summary>
    bool Matches(in SocketRecord socket);
}
