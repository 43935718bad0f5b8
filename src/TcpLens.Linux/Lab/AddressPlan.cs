using TcpLens.Core.Model;

namespace TcpLens.Linux.Lab;

/// <summary>
/// Who is who in the lab: every connection has a number, and its endpoints follow from it, so that an answer of the kernel finds its connection
/// without a table. The host is 10.0.0.1 and fd00::1, the servers that it calls are 10.1.0.1 and up, port 443, its clients 10.2.0.1 and up.
/// </summary>
internal static class AddressPlan
{
    public const int Ipv4PrefixLength = 8;
    public const int Ipv6PrefixLength = 64;

    /// <summary>Ports of listeners and of sockets that are only bound; connections use the ports above.</summary>
    public const ushort FirstBoundPort = 1024;

    /// <summary>How many sockets can listen or be bound: each has a port of its own.</summary>
    public const int BoundPorts = FirstConnectionPort - FirstBoundPort;

    private const ushort FirstConnectionPort = 32768;
    private const int ConnectionsPerServer = 65536 - FirstConnectionPort;
    private const ushort ServerPort = 443;
    private const ushort FirstClientPort = 1024;
    private const int PortsPerClient = 65536 - FirstClientPort;

    private static readonly UInt128 s_hostV4 = V4(10, 0, 0, 1);
    private static readonly UInt128 s_hostV6 = V6(0);
    private static readonly UInt128 s_serversV4 = V4(10, 1, 0, 1);
    private static readonly UInt128 s_serversV6 = V6(0x1_0000);
    private static readonly UInt128 s_clientsV4 = V4(10, 2, 0, 1);
    private static readonly UInt128 s_clientsV6 = V6(0x2_0000);

    /// <summary>The only address of the host.</summary>
    public static IpAddress Host(bool ipv6) => new(ipv6 ? s_hostV6 : s_hostV4);

    /// <summary>The local end of the outgoing connection <paramref name="number"/>.</summary>
    public static TcpEndpoint LocalEnd(bool ipv6, int number) => new(Host(ipv6), (ushort)(FirstConnectionPort + (number % ConnectionsPerServer)));

    /// <summary>The server that the outgoing connection <paramref name="number"/> calls.</summary>
    public static TcpEndpoint Server(bool ipv6, int number) =>
        new(new IpAddress((ipv6 ? s_serversV6 : s_serversV4) + (UInt128)(number / ConnectionsPerServer)), ServerPort);

    /// <summary>The client that sends the incoming SYN <paramref name="number"/>.</summary>
    public static TcpEndpoint Client(bool ipv6, int number) =>
        new(new IpAddress((ipv6 ? s_clientsV6 : s_clientsV4) + (UInt128)(number / PortsPerClient)), (ushort)(FirstClientPort + (number % PortsPerClient)));

    /// <summary>The number of the outgoing connection to which a segment of the host belongs; any other segment gives a number that is none.</summary>
    public static long ConnectionNumber(in TcpSegment fromHost)
    {
        var servers = fromHost.Destination.Address.IsV4 ? s_serversV4 : s_serversV6;
        long server = (long)(fromHost.Destination.Address.Bits - servers);
        return (server * ConnectionsPerServer) + fromHost.Source.Port - FirstConnectionPort;
    }

    /// <summary>The number of the incoming connection that a segment of the host answers; any other segment gives a number that is none.</summary>
    public static long ClientNumber(in TcpSegment fromHost)
    {
        var clients = fromHost.Destination.Address.IsV4 ? s_clientsV4 : s_clientsV6;
        long client = (long)(fromHost.Destination.Address.Bits - clients);
        return (client * PortsPerClient) + fromHost.Destination.Port - FirstClientPort;
    }

    private static UInt128 V4(byte a, byte b, byte c, byte d) => IpAddress.FromV4([a, b, c, d]).Bits;

    private static UInt128 V6(uint host) => new(0xfd00_0000_0000_0000, host + 1UL);
}
