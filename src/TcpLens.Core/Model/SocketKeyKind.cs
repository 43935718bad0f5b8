namespace TcpLens.Core.Model;

/// <summary>What sockets are counted by.</summary>
public enum SocketKeyKind
{
    LocalPort,
    RemotePort,
    RemotePrefix,
    Cgroup,
}
