using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TcpLens.Core.Model;

namespace TcpLens.Linux.Interop;

/// <summary>
/// Brings links up and gives them addresses by rtnetlink (<c>linux/rtnetlink.h</c>), in the calling thread's network namespace. The kernel adds
/// the route to the address's own prefix by itself.
/// </summary>
internal static unsafe class LinkSetup
{
    internal const int NETLINK_ROUTE = 0;
    internal const ushort RTM_NEWLINK = 16;
    internal const ushort RTM_NEWADDR = 20;
    internal const ushort NLM_F_REQUEST = 0x001;
    internal const ushort NLM_F_ACK = 0x004;
    internal const ushort NLM_F_EXCL = 0x200;
    internal const ushort NLM_F_CREATE = 0x400;
    internal const ushort IFLA_TXQLEN = 13;
    internal const ushort IFA_ADDRESS = 1;
    internal const ushort IFA_LOCAL = 2;
    internal const ushort IFA_FLAGS = 8;
    internal const uint IFA_F_NODAD = 0x02;
    internal const uint IFF_UP = 0x1;

    internal const int HeaderLength = 16;
    internal const int ErrorLength = HeaderLength + sizeof(int);

    /// <summary>As <c>ip link set NAME up txqueuelen PACKETS</c>.</summary>
    public static void Up(string name, uint queueLength = 1000)
    {
        Span<byte> message = stackalloc byte[HeaderLength + 16 + 8];
        message.Clear();
        WriteHeader(message, RTM_NEWLINK, 0);
        // struct ifinfomsg: family, pad, type, index, flags, change mask.
        MemoryMarshal.Write(message[(HeaderLength + 4)..], IndexOf(name));
        MemoryMarshal.Write(message[(HeaderLength + 8)..], IFF_UP);
        MemoryMarshal.Write(message[(HeaderLength + 12)..], IFF_UP);
        WriteAttribute(message[(HeaderLength + 16)..], IFLA_TXQLEN, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in queueLength)));
        Request(message, $"link {name} up");
    }

    /// <summary>As <c>ip address add ADDRESS/PREFIX dev NAME nodad</c>: usable at once, without duplicate address detection.</summary>
    public static void AddAddress(string name, IpAddress address, int prefixLength)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address.Bits);
        if (address.IsV4)
            bytes = bytes[12..];

        Span<byte> message = stackalloc byte[HeaderLength + 8 + (2 * (4 + 16)) + 8];
        message.Clear();
        int length = HeaderLength;
        // struct ifaddrmsg: family, prefix length, flags, scope, index.
        message[length] = (byte)(address.IsV4 ? Constants.AF_INET : Constants.AF_INET6);
        message[length + 1] = (byte)prefixLength;
        MemoryMarshal.Write(message[(length + 4)..], IndexOf(name));
        length += 8;
        length += WriteAttribute(message[length..], IFA_LOCAL, bytes);
        length += WriteAttribute(message[length..], IFA_ADDRESS, bytes);
        uint flags = address.IsV4 ? 0 : IFA_F_NODAD;
        length += WriteAttribute(message[length..], IFA_FLAGS, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in flags)));
        message = message[..length];
        WriteHeader(message, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
        Request(message, $"address {address}/{prefixLength} on {name}");
    }

    private static int IndexOf(string name)
    {
        int index = (int)LibC.if_nametoindex(name);
        if (index == 0)
            SyscallException.Throw("if_nametoindex", name);
        return index;
    }

    private static void WriteHeader(Span<byte> message, ushort type, ushort flags)
    {
        // struct nlmsghdr: length, type, flags, sequence, port id.
        MemoryMarshal.Write(message, message.Length);
        MemoryMarshal.Write(message[4..], type);
        MemoryMarshal.Write(message[6..], (ushort)(flags | NLM_F_REQUEST | NLM_F_ACK));
    }

    private static int WriteAttribute(Span<byte> message, ushort type, ReadOnlySpan<byte> value)
    {
        MemoryMarshal.Write(message, (ushort)(4 + value.Length));
        MemoryMarshal.Write(message[2..], type);
        value.CopyTo(message[4..]);
        return 4 + value.Length;
    }

    /// <summary>Sends one message and waits for its acknowledgement (<c>struct nlmsgerr</c>).</summary>
    private static void Request(ReadOnlySpan<byte> message, string subject)
    {
        int number = LibC.socket(Constants.AF_NETLINK, Constants.SOCK_RAW | Constants.SOCK_CLOEXEC, NETLINK_ROUTE);
        using var socket = new FileDescriptor(SyscallException.Check(number, "socket", "NETLINK_ROUTE"));
        byte* answer = stackalloc byte[512];
        fixed (byte* bytes = message)
            SyscallException.Check((int)LibC.sendto(number, bytes, (nuint)message.Length, 0, null, 0), "rtnetlink send", subject);
        int length = SyscallException.Check((int)LibC.recvfrom(number, answer, 512, 0, null, null), "rtnetlink receive", subject);
        int error = length >= ErrorLength ? *(int*)(answer + HeaderLength) : -(int)Errno.EPROTO;
        if (error != 0)
            throw new SyscallException("rtnetlink", subject, (Errno)(-error));
    }
}
