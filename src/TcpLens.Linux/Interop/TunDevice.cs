using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>
/// A TUN device (<c>linux/if_tun.h</c>): a link whose far end is a file. A packet that the kernel sends is read from it, a packet that is
/// written to it has arrived, TCP's answer included, when the write returns. The device lives as long as the descriptor.
/// </summary>
internal static unsafe class TunDevice
{
    public const string Path = "/dev/net/tun";

    internal const nuint TUNSETIFF = 0x400454ca;
    internal const short IFF_TUN = 0x0001;
    internal const short IFF_NO_PI = 0x1000;
    internal const short POLLIN = 0x0001;
    internal const int InterfaceRequestLength = 40;
    internal const int InterfaceNameLength = 16;

    /// <summary>Makes the device <paramref name="name"/> in the calling thread's network namespace; reads do not block.</summary>
    public static FileDescriptor Open(string name)
    {
        const int flags = Constants.O_RDWR | Constants.SOCK_NONBLOCK | Constants.O_CLOEXEC;
        var device = new FileDescriptor(SyscallException.Check(LibC.open(Path, flags, 0), "open", Path));
        byte* request = stackalloc byte[InterfaceRequestLength];
        new Span<byte>(request, InterfaceRequestLength).Clear();
        for (int i = 0; i < name.Length && i < InterfaceNameLength - 1; i++)
            request[i] = (byte)name[i];
        *(short*)(request + InterfaceNameLength) = IFF_TUN | IFF_NO_PI;
        if (LibC.ioctl(device.Number, TUNSETIFF, request) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            device.Dispose();
            throw new SyscallException("ioctl TUNSETIFF", name, (Errno)error);
        }

        return device;
    }

    /// <summary>Reads one packet; 0 when none came within <paramref name="timeoutMilliseconds"/>.</summary>
    public static int Read(FileDescriptor device, Span<byte> packet, int timeoutMilliseconds)
    {
        fixed (byte* bytes = packet)
        {
            while (true)
            {
                nint length = LibC.read(device.Number, bytes, (nuint)packet.Length);
                if (length >= 0)
                    return (int)length;
                var error = (Errno)Marshal.GetLastPInvokeError();
                if (error is not (Errno.EAGAIN or Errno.EINTR))
                    throw new SyscallException("read", Path, error);
                if (error == Errno.EAGAIN && !HasPacket(device, timeoutMilliseconds))
                    return 0;
            }
        }
    }

    /// <summary>Hands one packet to the kernel.</summary>
    public static void Write(FileDescriptor device, ReadOnlySpan<byte> packet)
    {
        fixed (byte* bytes = packet)
        {
            while (LibC.write(device.Number, bytes, (nuint)packet.Length) < 0)
            {
                var error = (Errno)Marshal.GetLastPInvokeError();
                if (error is not (Errno.EAGAIN or Errno.EINTR))
                    throw new SyscallException("write", Path, error);
            }
        }
    }

    private static bool HasPacket(FileDescriptor device, int timeoutMilliseconds)
    {
        var descriptor = new PollFd { Descriptor = device.Number, Events = POLLIN };
        return timeoutMilliseconds > 0 && LibC.poll(&descriptor, 1, timeoutMilliseconds) > 0;
    }
}
