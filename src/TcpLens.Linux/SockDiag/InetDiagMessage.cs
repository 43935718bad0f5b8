using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.SockDiag;

/// <summary>
/// <c>struct inet_diag_msg</c>: one socket in a sock_diag dump (<c>linux/inet_diag.h</c>). The offsets are held against the C header
/// by a test. What follows the structure are attributes: the cgroup and two numbers of <c>struct tcp_info</c> are read of them.
/// </summary>
internal static class InetDiagMessage
{
    public const int Size = 72;

    public const int FamilyOffset = 0;
    public const int StateOffset = 1;
    public const int TimerOffset = 2;
    public const int RetransmitsOffset = 3;
    public const int LocalPortOffset = 4;
    public const int RemotePortOffset = 6;
    public const int LocalAddressOffset = 8;
    public const int RemoteAddressOffset = 24;
    public const int ExpiresOffset = 52;
    public const int ReceiveQueueOffset = 56;
    public const int SendQueueOffset = 60;
    public const int UserIdOffset = 64;
    public const int InodeOffset = 68;

    /// <summary>In <c>struct tcp_info</c>: milliseconds since data was sent, and since it came.</summary>
    public const int LastDataSentOffset = 44;
    public const int LastDataReceivedOffset = 52;

    private const int AttributeHeader = 4;

    /// <summary>Reads one socket; <see langword="false"/> for a message that is too short or tells a family or state that does not exist.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, out SocketRecord socket)
    {
        socket = default;
        if (message.Length < Size || !TryParseState(message[StateOffset], out var state))
            return false;
        var family = (SocketFamily)message[FamilyOffset];
        if (family is not (SocketFamily.IPv4 or SocketFamily.IPv6))
            return false;
        ReadAttributes(message[Size..], out ulong cgroup, out uint? idle);
        socket = new SocketRecord
        {
            State = state,
            Family = family,
            Timer = (SocketTimer)message[TimerOffset],
            Retransmits = message[RetransmitsOffset],
            Local = Endpoint(message[LocalAddressOffset..], message[LocalPortOffset..], family),
            Remote = Endpoint(message[RemoteAddressOffset..], message[RemotePortOffset..], family),
            TimerMilliseconds = MemoryMarshal.Read<uint>(message[ExpiresOffset..]),
            ReceiveQueue = MemoryMarshal.Read<uint>(message[ReceiveQueueOffset..]),
            SendQueue = MemoryMarshal.Read<uint>(message[SendQueueOffset..]),
            UserId = MemoryMarshal.Read<uint>(message[UserIdOffset..]),
            Inode = MemoryMarshal.Read<uint>(message[InodeOffset..]),
            CgroupId = cgroup,
            IdleMilliseconds = idle,
        };
        return true;
    }

    // struct nlattr: length with the header, type, then the value; each begins at a multiple of four.
    private static void ReadAttributes(ReadOnlySpan<byte> attributes, out ulong cgroup, out uint? idle)
    {
        (cgroup, idle) = (0, null);
        while (attributes.Length >= AttributeHeader)
        {
            int length = MemoryMarshal.Read<ushort>(attributes);
            if (length < AttributeHeader || length > attributes.Length)
                return;
            var value = attributes[AttributeHeader..length];
            switch (MemoryMarshal.Read<ushort>(attributes[2..]))
            {
                case NetlinkNumbers.INET_DIAG_CGROUP_ID when value.Length >= sizeof(ulong):
                    cgroup = MemoryMarshal.Read<ulong>(value);
                    break;
                case NetlinkNumbers.INET_DIAG_INFO when value.Length >= LastDataReceivedOffset + sizeof(uint):
                    idle = Math.Min(MemoryMarshal.Read<uint>(value[LastDataSentOffset..]), MemoryMarshal.Read<uint>(value[LastDataReceivedOffset..]));
                    break;
                default:
                    break;
            }

            attributes = attributes[Math.Min(attributes.Length, (length + 3) & ~3)..];
        }
    }

    private static bool TryParseState(byte number, out TcpState state)
    {
        state = number switch
        {
            NetlinkNumbers.TCP_NEW_SYN_RECV => TcpState.SynRecv,
            NetlinkNumbers.TCP_BOUND_INACTIVE => TcpState.Close,
            _ => (TcpState)number,
        };
        return TcpStates.IsKnown((int)state);
    }

    private static TcpEndpoint Endpoint(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port, SocketFamily family) =>
        new(family == SocketFamily.IPv4 ? IpAddress.FromV4(address) : IpAddress.FromV6(address[..16]), BinaryPrimitives.ReadUInt16BigEndian(port));
}
