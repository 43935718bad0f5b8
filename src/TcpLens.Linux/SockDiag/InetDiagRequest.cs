using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.SockDiag;

/// <summary>
/// The dump request of type TCPDIAG_GETSOCK: <c>struct inet_diag_req</c>. The kernel ignores its family and tells IPv4 and IPv6 in one
/// walk over the hash, where SOCK_DIAG_BY_FAMILY walks it once for each.
/// </summary>
internal static class InetDiagRequest
{
    public const int StructureSize = 60;
    public const int StatesOffset = 52;
    public const int Size = NetlinkHeader.Size + StructureSize;

    /// <summary>Writes the request for all sockets in <paramref name="states"/> into <paramref name="buffer"/>, <see cref="Size"/> bytes long.</summary>
    public static void Write(Span<byte> buffer, StateMask states, uint sequence)
    {
        buffer[..Size].Clear();
        MemoryMarshal.Write(buffer, (uint)Size);
        MemoryMarshal.Write(buffer[4..], NetlinkNumbers.TCPDIAG_GETSOCK);
        MemoryMarshal.Write(buffer[6..], (ushort)(NetlinkNumbers.NLM_F_REQUEST | NetlinkNumbers.NLM_F_DUMP));
        MemoryMarshal.Write(buffer[8..], sequence);
        const uint boundOnly = 1u << NetlinkNumbers.TCP_BOUND_INACTIVE;
        uint bits = states.Contains(TcpState.Close) ? states.Bits | boundOnly : states.Bits;
        // With the bit of CLOSE itself the kernel would walk all connections, of which none is in CLOSE.
        if (states == default(StateMask).With(TcpState.Close))
            bits = boundOnly;
        MemoryMarshal.Write(buffer[(NetlinkHeader.Size + StatesOffset)..], bits);
    }
}
