using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Bpf;

/// <summary>
/// A socket as the walk tells it: <c>struct row</c> and the kinds of <c>programs/walk.h</c>. Without details its queues are 0, of timers only
/// TIME_WAIT's is known, of the inode only whether there is one.
/// </summary>
internal static class WalkRow
{
    /// <summary>Stands for the inode of a socket that a process holds: the walk does not look it up.</summary>
    public const uint SomeInode = uint.MaxValue;

    private const int StateBits = 0x0f;
    private const int IPv6 = 0x10;
    private const int Mapped = 0x20;
    private const int Mini = 0x40;
    private const int Unheld = 0x80;
    private const int Detailed = 0x100;
    private const int Left = 0x200;

    private static readonly long s_ticksPerSecond = KernelTick.PerSecond;
    private static readonly IpAddress s_mapped = IpAddress.FromV4([0, 0, 0, 0]);

    public static ulong Namespace(ReadOnlySpan<byte> row) => MemoryMarshal.Read<ulong>(row);

    public static int Kind(ReadOnlySpan<byte> row) => MemoryMarshal.Read<ushort>(row[8..]);

    /// <summary>Whether it is no socket, but a namespace with a list that was too long to be walked.</summary>
    public static bool IsLeft(ReadOnlySpan<byte> row) => (Kind(row) & Left) != 0;

    /// <summary>Reads a row; <see langword="false"/> for a state that there is not.</summary>
    public static bool TryParse(ReadOnlySpan<byte> row, out SocketRecord socket)
    {
        int kind = Kind(row);
        if (!TryKind(kind, out socket))
            return false;
        bool isIPv6 = (kind & IPv6) != 0;
        socket = socket with
        {
            Local = new TcpEndpoint(Address(row[16..], isIPv6), MemoryMarshal.Read<ushort>(row[10..])),
            Remote = new TcpEndpoint(Address(row[32..], isIPv6), BinaryPrimitives.ReadUInt16BigEndian(row[12..])),
        };
        if ((kind & Detailed) == 0)
            return true;
        socket = socket with
        {
            Timer = (SocketTimer)row[14],
            Retransmits = row[15],
            ReceiveQueue = MemoryMarshal.Read<uint>(row[48..]),
            SendQueue = MemoryMarshal.Read<uint>(row[52..]),
            UserId = MemoryMarshal.Read<uint>(row[56..]),
            Inode = MemoryMarshal.Read<uint>(row[60..]),
            CgroupId = MemoryMarshal.Read<ulong>(row[64..]),
            TimerMilliseconds = Milliseconds(MemoryMarshal.Read<long>(row[72..])),
        };
        return true;
    }

    /// <summary>A socket that stands for all of a kind: its addresses tell nothing but the family.</summary>
    public static bool TryKind(int kind, out SocketRecord socket)
    {
        int number = kind & StateBits;
        bool isRequest = number == NetlinkNumbers.TCP_NEW_SYN_RECV;
        var state = isRequest ? TcpState.SynRecv : (TcpState)number;
        bool isMini = (kind & Mini) != 0;
        var end = new TcpEndpoint((kind & Mapped) != 0 ? s_mapped : default, 0);
        socket = new SocketRecord
        {
            State = state,
            Family = (kind & IPv6) != 0 ? SocketFamily.IPv6 : SocketFamily.IPv4,
            Timer = isMini ? SocketTimer.TimeWait : SocketTimer.None,
            Inode = isRequest || isMini || (kind & Unheld) != 0 ? 0 : SomeInode,
            Local = end,
            Remote = end,
        };
        return TcpStates.IsKnown((int)state);
    }

    // A timer that is late is due now, as netlink tells it.
    private static uint Milliseconds(long ticks) => ticks <= 0 ? 0 : (uint)Math.Min(uint.MaxValue, ticks * 1000 / s_ticksPerSecond);

    private static IpAddress Address(ReadOnlySpan<byte> bytes, bool isIPv6) => isIPv6 ? IpAddress.FromV6(bytes[..16]) : IpAddress.FromV4(bytes);
}
