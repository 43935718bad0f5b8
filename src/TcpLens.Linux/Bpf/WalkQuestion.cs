using System.Buffers.Binary;
using TcpLens.Core.Model;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Bpf;

/// <summary>What a run is asked for: <c>struct arguments</c> of <c>programs/walk.h</c>.</summary>
/// <param name="Wants">What to tell.</param>
/// <param name="States">Of which sockets.</param>
/// <param name="Key">What makes a group, where groups are wanted.</param>
internal readonly record struct WalkQuestion(WalkWants Wants, StateMask States, SocketKey Key = default)
{
    /// <summary>Numbers that <see cref="Write"/> writes.</summary>
    public const int Length = 8;

    /// <summary>Writes the arguments of a run over these buckets.</summary>
    public void Write(Span<ulong> arguments, ulong first, ulong count)
    {
        ulong states = States.Bits;
        if (States.Contains(TcpState.SynRecv))
            states |= 1ul << NetlinkNumbers.TCP_NEW_SYN_RECV;
        arguments[0] = first;
        arguments[1] = count;
        arguments[2] = (ulong)Wants;
        arguments[3] = states;
        arguments[4] = Key.Kind switch
        {
            SocketKeyKind.LocalPort => 1,
            SocketKeyKind.RemotePort => 2,
            SocketKeyKind.RemotePrefix => 3,
            _ => 4,
        };
        arguments[5] = BinaryPrimitives.ReverseEndianness((ulong)(Key.V6Mask >> 64));
        arguments[6] = BinaryPrimitives.ReverseEndianness((ulong)Key.V6Mask);
        arguments[7] = BinaryPrimitives.ReverseEndianness((ulong)Key.V4Mask);
    }
}
