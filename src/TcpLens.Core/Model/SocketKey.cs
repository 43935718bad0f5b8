namespace TcpLens.Core.Model;

/// <summary>What sockets are counted by: a port, the first bits of the remote address, or the cgroup whose process made the socket.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="V4Length">Bits of a remote IPv4 address, 0 to 32; IPv4-mapped addresses are IPv4 ones.</param>
/// <param name="V6Length">Bits of a remote IPv6 address, 0 to 128.</param>
public readonly record struct SocketKey(SocketKeyKind Kind, int V4Length = 32, int V6Length = 128)
{
    private const int V4Start = 96;

    /// <summary>The bits that are kept of a remote IPv4 address, written as an IPv6 one.</summary>
    public UInt128 V4Mask => Mask(V4Start + V4Length);

    /// <summary>The bits that are kept of a remote IPv6 address.</summary>
    public UInt128 V6Mask => Mask(V6Length);

    /// <summary>
    /// The socket's key: a port, the <see cref="IpAddress.Bits"/> of the prefix, or a cgroup's number (0 where there is none: TIME_WAIT,
    /// half-open requests, sources that do not tell it).
    /// </summary>
    public UInt128 Of(in SocketRecord socket) => Kind switch
    {
        SocketKeyKind.LocalPort => socket.Local.Port,
        SocketKeyKind.RemotePort => socket.Remote.Port,
        SocketKeyKind.RemotePrefix => socket.Remote.Address.Bits & (socket.Remote.Address.IsV4 ? V4Mask : V6Mask),
        _ => socket.CgroupId,
    };

    private static UInt128 Mask(int bits) => bits == 0 ? 0 : UInt128.MaxValue << (128 - bits);
}
