using System.Buffers.Binary;

namespace TcpLens.Linux.Lab;

/// <summary>The checksum of IPv4 and TCP: the ones' complement of the ones' complement sum of 16-bit words (RFC 1071).</summary>
internal static class InternetChecksum
{
    /// <summary>Adds <paramref name="bytes"/> to a running sum; an odd last byte counts as the high half of a word.</summary>
    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 2)
        {
            sum = Fold(sum + BinaryPrimitives.ReadUInt16BigEndian(bytes));
            bytes = bytes[2..];
        }

        return bytes.IsEmpty ? sum : Fold(sum + ((uint)bytes[0] << 8));
    }

    /// <summary>The checksum that belongs into the packet, in host order.</summary>
    public static ushort Finish(uint sum) => (ushort)~Fold(sum);

    private static uint Fold(uint sum) => (sum & 0xffff) + (sum >> 16);
}
