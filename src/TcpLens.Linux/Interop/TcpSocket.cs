using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TcpLens.Core.Model;

namespace TcpLens.Linux.Interop;

/// <summary>
/// TCP sockets by bare descriptor, for a holder of tens of thousands of them: no object per socket. None of the calls blocks. An IPv4 address
/// on an IPv6 socket is written as <c>::ffff:a.b.c.d</c>.
/// </summary>
internal static unsafe class TcpSocket
{
    internal const int SO_LINGER = 13;
    internal const int TCP_INFO = 11;
    internal const int Ipv4AddressLength = 16;
    internal const int Ipv6AddressLength = 28;

    public static int Open(SocketFamily family) =>
        SyscallException.Check(
            LibC.socket((int)family, Constants.SOCK_STREAM | Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC, Constants.IPPROTO_TCP), "socket", family.ToString());

    public static void Bind(int socket, SocketFamily family, TcpEndpoint local)
    {
        byte* address = stackalloc byte[Ipv6AddressLength];
        uint length = WriteAddress(new Span<byte>(address, Ipv6AddressLength), family, local);
        if (LibC.bind(socket, address, length) < 0)
            SyscallException.Throw("bind", local.ToString());
    }

    /// <summary>Starts to connect: the SYN has left when this returns.</summary>
    public static void Connect(int socket, SocketFamily family, TcpEndpoint remote)
    {
        byte* address = stackalloc byte[Ipv6AddressLength];
        uint length = WriteAddress(new Span<byte>(address, Ipv6AddressLength), family, remote);
        if (LibC.connect(socket, address, length) < 0 && (Errno)Marshal.GetLastPInvokeError() != Errno.EINPROGRESS)
            SyscallException.Throw("connect", remote.ToString());
    }

    public static void Listen(int socket, int backlog) => SyscallException.Check(LibC.listen(socket, backlog), "listen");

    /// <summary>Sends the FIN; the descriptor keeps the socket.</summary>
    public static void ShutDownSending(int socket) => SyscallException.Check(LibC.shutdown(socket, Constants.SHUT_WR), "shutdown");

    /// <summary>Releases the descriptor; what becomes of the socket is the kernel's business.</summary>
    public static void Close(int socket) => _ = LibC.close(socket);

    /// <summary>Lets other sockets use the same local port towards other peers.</summary>
    public static void ShareLocalPort(int socket) => SetOption(socket, Constants.SO_REUSEADDR, 1, "SO_REUSEADDR");

    /// <summary>Lets other listeners listen at the same port.</summary>
    public static void ShareListeningPort(int socket) => SetOption(socket, Constants.SO_REUSEPORT, 1, "SO_REUSEPORT");

    /// <summary>When the descriptor goes, whoever closes it, the socket goes at once: RST instead of FIN (<c>struct linger { 1, 0 }</c>).</summary>
    public static void DieWithDescriptor(int socket) => SetOption(socket, SO_LINGER, 1L, "SO_LINGER");

    /// <summary>The state as the kernel holds it now (first byte of <c>struct tcp_info</c>).</summary>
    public static TcpState State(int socket)
    {
        ulong info = 0;
        uint length = sizeof(ulong);
        SyscallException.Check(LibC.getsockopt(socket, Constants.IPPROTO_TCP, TCP_INFO, &info, &length), "getsockopt", "TCP_INFO");
        return (TcpState)(*(byte*)&info);
    }

    private static void SetOption<T>(int socket, int option, T value, string name)
        where T : unmanaged =>
        SyscallException.Check(LibC.setsockopt(socket, Constants.SOL_SOCKET, option, &value, (uint)sizeof(T)), "setsockopt", name);

    /// <summary>Writes <c>struct sockaddr_in</c> or <c>sockaddr_in6</c> and returns its length.</summary>
    private static uint WriteAddress(Span<byte> address, SocketFamily family, TcpEndpoint endpoint)
    {
        address.Clear();
        MemoryMarshal.Write(address, (ushort)family);
        BinaryPrimitives.WriteUInt16BigEndian(address[2..], endpoint.Port);
        if (family == SocketFamily.IPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(address[4..], (uint)endpoint.Address.Bits);
            return Ipv4AddressLength;
        }

        BinaryPrimitives.WriteUInt128BigEndian(address[8..], endpoint.Address.Bits);
        return Ipv6AddressLength;
    }
}
