using TcpLens.Core.Model;

namespace TcpLens.Linux.Owners;

/// <summary>A connection in 40 bytes: both its ends, and a number of its namespace.</summary>
internal readonly record struct ConnectionKey(ulong LocalHigh, ulong LocalLow, ulong RemoteHigh, ulong RemoteLow, ushort LocalPort, ushort RemotePort, int Netns)
{
    public static ConnectionKey Of(in SocketRecord socket, int netns)
    {
        var (local, remote) = (socket.Local.Address.Bits, socket.Remote.Address.Bits);
        return new ConnectionKey((ulong)(local >> 64), (ulong)local, (ulong)(remote >> 64), (ulong)remote, socket.Local.Port, socket.Remote.Port, netns);
    }
}
