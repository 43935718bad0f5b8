using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>A netlink socket for sock_diag in the network namespace of the thread that opens it.</summary>
internal sealed unsafe class NetlinkSocket : INetlinkTransport
{
    private const int TimeoutSeconds = 5;
    private readonly FileDescriptor _socket;

    private NetlinkSocket(FileDescriptor socket) => _socket = socket;

    public static Errno TryOpen(out NetlinkSocket? socket)
    {
        socket = null;
        int descriptor = LibC.socket(
            Constants.AF_NETLINK, Constants.SOCK_RAW | Constants.SOCK_CLOEXEC, NetlinkNumbers.NETLINK_SOCK_DIAG);
        if (descriptor < 0)
            return (Errno)Marshal.GetLastPInvokeError();
        // Both options only make a failure clearer or bounded; a kernel without them still answers.
        int on = 1;
        LibC.setsockopt(descriptor, NetlinkNumbers.SOL_NETLINK, NetlinkNumbers.NETLINK_EXT_ACK, &on, sizeof(int));
        long* timeout = stackalloc long[] { TimeoutSeconds, 0 };
        LibC.setsockopt(descriptor, Constants.SOL_SOCKET, Constants.SO_RCVTIMEO, timeout, 2 * sizeof(long));
        socket = new NetlinkSocket(new FileDescriptor(descriptor));
        return Errno.None;
    }

    public Errno Send(ReadOnlySpan<byte> message)
    {
        // struct sockaddr_nl: family, padding, port id 0 (the kernel), groups 0.
        uint* kernel = stackalloc uint[] { Constants.AF_NETLINK, 0, 0 };
        fixed (byte* bytes = message)
        {
            while (LibC.sendto(_socket.Number, bytes, (nuint)message.Length, 0, kernel, 12) < 0)
            {
                var error = (Errno)Marshal.GetLastPInvokeError();
                if (error != Errno.EINTR)
                    return error;
            }
        }

        return Errno.None;
    }

    public Errno Receive(Span<byte> buffer, out int length)
    {
        uint* sender = stackalloc uint[3];
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                uint senderLength = 12;
                sender[1] = uint.MaxValue;
                nint received = LibC.recvfrom(_socket.Number, bytes, (nuint)buffer.Length, Constants.MSG_TRUNC, sender, &senderLength);
                length = (int)received;
                if (received >= 0 && sender[1] == 0)
                    return Errno.None;
                // A datagram that is not from the kernel is somebody's attempt to lie: it is not even counted.
                if (received >= 0)
                    continue;
                var error = (Errno)Marshal.GetLastPInvokeError();
                if (error != Errno.EINTR)
                    return error;
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
