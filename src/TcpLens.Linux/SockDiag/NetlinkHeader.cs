using TcpLens.Linux.Interop;

namespace TcpLens.Linux.SockDiag;

/// <summary><c>struct nlmsghdr</c> of one message, without its length (<c>linux/netlink.h</c>).</summary>
internal readonly record struct NetlinkHeader(ushort Type, ushort Flags, uint Sequence)
{
    public const int Size = 16;

    public bool IsDumpInterrupted => (Flags & NetlinkNumbers.NLM_F_DUMP_INTR) != 0;
}
