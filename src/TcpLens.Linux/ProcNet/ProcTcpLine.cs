using System.Runtime.InteropServices;
using TcpLens.Core.Model;

namespace TcpLens.Linux.ProcNet;

/// <summary>
/// One line of /proc/net/tcp or tcp6 (kernel, <c>net/ipv4/tcp_ipv4.c</c> get_tcp4_sock and its siblings):
/// <c>sl: local:port remote:port st tx:rx tr:when retrnsmt uid timeout inode ...</c>, numbers in hexadecimal up to <c>retrnsmt</c>.
/// </summary>
internal static class ProcTcpLine
{
    private const int HexPerWord = 8;
    private const int HexPerPort = 4;
    private const int MillisecondsPerTick = 10;

    /// <summary>Reads one line without its newline; <see langword="false"/> when it is not of that form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, SocketFamily family, out SocketRecord socket)
    {
        socket = default;
        int colon = line.IndexOf((byte)':');
        if (colon < 0)
            return false;
        var rest = line[(colon + 1)..];
        if (!TryTakeEndpoint(ref rest, family, out var local) || !TryTakeEndpoint(ref rest, family, out var remote)
            || !TryTakeHex(ref rest, 2, out uint state) || !TryTakePair(ref rest, HexPerWord, out uint sendQueue, HexPerWord, out uint receiveQueue)
            || !TryTakePair(ref rest, 2, out uint timer, HexPerWord, out uint ticks) || !TryTakeHex(ref rest, HexPerWord, out uint retransmits)
            || !TryTakeDecimal(ref rest, out uint user) || !TryTakeDecimal(ref rest, out _) || !TryTakeDecimal(ref rest, out uint inode)
            || !TcpStates.IsKnown((int)state))
        {
            return false;
        }

        socket = new SocketRecord
        {
            State = (TcpState)state,
            Family = family,
            Local = local,
            Remote = remote,
            SendQueue = sendQueue,
            ReceiveQueue = receiveQueue,
            Timer = (SocketTimer)timer,
            TimerMilliseconds = (uint)Math.Min((ulong)ticks * MillisecondsPerTick, uint.MaxValue),
            Retransmits = (byte)Math.Min(retransmits, byte.MaxValue),
            UserId = user,
            Inode = inode,
        };
        return true;
    }

    private static bool TryTakeEndpoint(ref ReadOnlySpan<byte> rest, SocketFamily family, out TcpEndpoint endpoint)
    {
        endpoint = default;
        Span<byte> address = stackalloc byte[16];
        int words = family == SocketFamily.IPv4 ? 1 : 4;
        SkipSpaces(ref rest);
        for (int i = 0; i < words; i++)
        {
            // The kernel prints each 32-bit word of the address as a number of this machine's byte order.
            if (!TryTakeDigits(ref rest, HexPerWord, out uint word))
                return false;
            MemoryMarshal.Write(address[(i * sizeof(uint))..], word);
        }

        if (rest.IsEmpty || rest[0] != (byte)':')
            return false;
        rest = rest[1..];
        if (!TryTakeDigits(ref rest, HexPerPort, out uint port) || !AtBoundary(rest))
            return false;
        endpoint = new TcpEndpoint(family == SocketFamily.IPv4 ? IpAddress.FromV4(address) : IpAddress.FromV6(address), (ushort)port);
        return true;
    }

    private static bool TryTakePair(ref ReadOnlySpan<byte> rest, int firstDigits, out uint first, int secondDigits, out uint second)
    {
        second = 0;
        SkipSpaces(ref rest);
        if (!TryTakeDigits(ref rest, firstDigits, out first) || rest.IsEmpty || rest[0] != (byte)':')
            return false;
        rest = rest[1..];
        return TryTakeDigits(ref rest, secondDigits, out second) && AtBoundary(rest);
    }

    private static bool TryTakeHex(ref ReadOnlySpan<byte> rest, int digits, out uint value)
    {
        SkipSpaces(ref rest);
        return TryTakeDigits(ref rest, digits, out value) && AtBoundary(rest);
    }

    // Exactly this many hexadecimal digits.
    private static bool TryTakeDigits(ref ReadOnlySpan<byte> rest, int digits, out uint value)
    {
        value = 0;
        if (rest.Length < digits)
            return false;
        for (int i = 0; i < digits; i++)
        {
            int digit = rest[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => rest[i] - '0',
                >= (byte)'A' and <= (byte)'F' => rest[i] - 'A' + 10,
                >= (byte)'a' and <= (byte)'f' => rest[i] - 'a' + 10,
                _ => -1,
            };
            if (digit < 0)
                return false;
            value = (value << 4) | (uint)digit;
        }

        rest = rest[digits..];
        return true;
    }

    private static bool TryTakeDecimal(ref ReadOnlySpan<byte> rest, out uint value)
    {
        SkipSpaces(ref rest);
        ulong sum = 0;
        int length = 0;
        while (length < rest.Length && rest[length] is >= (byte)'0' and <= (byte)'9')
        {
            sum = (sum * 10) + (uint)(rest[length++] - '0');
            if (sum > uint.MaxValue)
                break;
        }

        value = (uint)sum;
        rest = rest[length..];
        return length > 0 && sum <= uint.MaxValue && AtBoundary(rest);
    }

    private static void SkipSpaces(ref ReadOnlySpan<byte> rest) => rest = rest.TrimStart((byte)' ');

    private static bool AtBoundary(ReadOnlySpan<byte> rest) => rest.IsEmpty || rest[0] == (byte)' ';
}
