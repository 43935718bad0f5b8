using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Bpf;

/// <summary>Sockets with one key as the walk tells them: <c>struct group</c> of <c>programs/walk.h</c>.</summary>
internal static class WalkGroup
{
    private const int Counts = 24;
    private const int States = 16;

    /// <summary>Address of its namespace.</summary>
    public static ulong Namespace(ReadOnlySpan<byte> group) => MemoryMarshal.Read<ulong>(group);

    /// <summary>Hands a group's counts on.</summary>
    /// <returns>Sockets in states that there are not.</returns>
    public static long Take(ReadOnlySpan<byte> group, SocketKeyKind kind, IKeyedSink counts)
    {
        long unknown = 0;
        var key = Key(group, kind);
        for (int number = 0; number < States; number++)
        {
            uint count = MemoryMarshal.Read<uint>(group[(Counts + (number * sizeof(uint)))..]);
            if (count == 0)
                continue;
            var state = number == NetlinkNumbers.TCP_NEW_SYN_RECV ? TcpState.SynRecv : (TcpState)number;
            if (TcpStates.IsKnown((int)state))
                counts.Add(key, state, count);
            else
                unknown += count;
        }

        return unknown;
    }

    private static UInt128 Key(ReadOnlySpan<byte> group, SocketKeyKind kind) => kind switch
    {
        SocketKeyKind.RemotePrefix => IpAddress.FromV6(group[8..24]).Bits,
        SocketKeyKind.RemotePort => BinaryPrimitives.ReadUInt16BigEndian(group[8..]),
        _ => MemoryMarshal.Read<ulong>(group[8..]),
    };
}
