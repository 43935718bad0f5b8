namespace TcpLens.Core.Model;

/// <summary>The family of a socket, with the kernel's numbers (AF_INET, AF_INET6). An IPv4 client of a dual-stack listener has family IPv6.</summary>
public enum SocketFamily : byte
{
    IPv4 = 2,
    IPv6 = 10,
}
