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
    public const int ExtensionsOffset = 3;
    public const int StatesOffset = 52;
    public const int Size = NetlinkHeader.Size + StructureSize;

    /// <summary>Writes the request for all sockets in <paramref name="states"/> into <paramref name="buffer"/>, <see cref="Size"/> bytes long.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="states">The states.</param>
    /// <param name="sequence">The number that the answer carries.</param>
    /// <param name="wantsInfo">Whether to have <c>struct tcp_info</c> of each socket told.</param>
    public static void Write(Span<byte> buffer, StateMask states, uint sequence, bool wantsInfo = false)
    {
        buffer[..Size].Clear();
        MemoryMarshal.Write(buffer, (uint)Size);
        MemoryMarshal.Write(buffer[4..], NetlinkNumbers.TCPDIAG_GETSOCK);
        MemoryMarshal.Write(buffer[6..], (ushort)(NetlinkNumbers.NLM_F_REQUEST | NetlinkNumbers.NLM_F_DUMP));
        MemoryMarshal.Write(buffer[8..], sequence);
        if (wantsInfo)
            buffer[NetlinkHeader.Size + ExtensionsOffset] = 1 << (NetlinkNumbers.INET_DIAG_INFO - 1);
        const uint boundOnly = 1u << NetlinkNumbers.TCP_BOUND_INACTIVE;
        uint bits = states.Contains(TcpState.Close) ? states.Bits | boundOnly : states.Bits;
        // With the bit of CLOSE itself the kernel would walk all connections, of which none is in CLOSE.
        if (states == default(StateMask).With(TcpState.Close))
            bits = boundOnly;
        MemoryMarshal.Write(buffer[(NetlinkHeader.Size + StatesOffset)..], bits);
    }
}
