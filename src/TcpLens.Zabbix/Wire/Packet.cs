using System.IO.Compression;

namespace TcpLens.Zabbix.Wire;

/// <summary>
/// Sends and receives the data of one packet. A reader says how long the data may be; memory grows with what has come, not with what a header
/// promises. How long it may take is the caller's <see cref="CancellationToken"/>.
/// </summary>
public static class Packet
{
    private const int FirstBytes = 4096;

    /// <summary>Reads one packet and gives its data, decompressed.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="bytesMaximum">The longest data, on the wire and decompressed.</param>
    /// <param name="end">Ends the waiting.</param>
    /// <exception cref="PacketException">What came is no packet, too long, or cut off.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async ValueTask<byte[]> ReadAsync(Stream source, int bytesMaximum, CancellationToken end)
    {
        byte[] start = new byte[PacketHeader.BytesToFlags + 16];
        // The flags alone first: whoever speaks another protocol is known by then, and need not send the rest of a header.
        int count = await source.ReadAtLeastAsync(start.AsMemory(0, PacketHeader.BytesToFlags), PacketHeader.BytesToFlags, throwOnEndOfStream: false, end).ConfigureAwait(false);
        if (count == 0)
            throw new PacketException(PacketFault.Nothing, "the connection was closed without a word");
        int length = PacketHeader.LengthOf(PacketHeader.ParseFlags(start.AsSpan(0, count)));
        await ReadAsync(source, start.AsMemory(PacketHeader.BytesToFlags, length - PacketHeader.BytesToFlags), end).ConfigureAwait(false);
        var header = PacketHeader.Parse(start.AsSpan(0, length));
        if (header.DataLength > (ulong)bytesMaximum || header.PlainLength > (ulong)bytesMaximum)
            throw new PacketException(PacketFault.TooLong, $"the packet announces {Math.Max(header.DataLength, header.PlainLength)} bytes, at most {bytesMaximum} are taken");
        byte[] data = await ReadGrowingAsync(source, (int)header.DataLength, end).ConfigureAwait(false);
        return header.IsCompressed ? Decompress(data, (int)header.PlainLength) : data;
    }

    /// <summary>Sends one packet.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="data">Its data.</param>
    /// <param name="isCompressed">Whether to compress it; every Zabbix since 4.0 takes that.</param>
    /// <param name="end">Ends the sending.</param>
    public static async ValueTask WriteAsync(Stream target, ReadOnlyMemory<byte> data, bool isCompressed, CancellationToken end)
    {
        await target.WriteAsync(ToBytes(data.Span, isCompressed), end).ConfigureAwait(false);
        await target.FlushAsync(end).ConfigureAwait(false);
    }

    /// <summary>The bytes of one packet.</summary>
    public static byte[] ToBytes(ReadOnlySpan<byte> data, bool isCompressed)
    {
        byte[] payload = isCompressed ? Compress(data) : data.ToArray();
        var header = new PacketHeader(
            isCompressed ? Packing.Protocol | Packing.Compressed : Packing.Protocol, (ulong)payload.Length, isCompressed ? (ulong)data.Length : 0);
        byte[] packet = new byte[header.Bytes + payload.Length];
        header.Write(packet);
        payload.CopyTo(packet.AsSpan(header.Bytes));
        return packet;
    }

    private static byte[] Compress(ReadOnlySpan<byte> data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(data);
        return packed.ToArray();
    }

    private static byte[] Decompress(byte[] data, int plainLength)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            byte[] plain = new byte[Math.Min(plainLength, FirstBytes)];
            int filled = 0;
            while (filled < plainLength)
            {
                if (filled == plain.Length)
                    Array.Resize(ref plain, (int)Math.Min(plainLength, 2L * plain.Length));
                int count = zlib.Read(plain, filled, plain.Length - filled);
                if (count == 0)
                    throw new PacketException(PacketFault.BadCompression, $"the data decompresses to {filled} bytes, the header says {plainLength}");
                filled += count;
            }

            return zlib.ReadByte() < 0 ? plain : throw new PacketException(PacketFault.BadCompression, $"the data decompresses to more than the {plainLength} bytes that the header says");
        }
        catch (Exception wrong) when (wrong is InvalidDataException or (IOException and not PacketException))
        {
            // The decompressor throws an IOException at a preset dictionary.
            throw new PacketException(PacketFault.BadCompression, $"the data cannot be decompressed: {wrong.Message}");
        }
    }

    private static async ValueTask<byte[]> ReadGrowingAsync(Stream source, int length, CancellationToken end)
    {
        byte[] data = new byte[Math.Min(length, FirstBytes)];
        int filled = 0;
        while (true)
        {
            await ReadAsync(source, data.AsMemory(filled), end).ConfigureAwait(false);
            filled = data.Length;
            if (filled == length)
                return data;
            Array.Resize(ref data, (int)Math.Min(length, 2L * filled));
        }
    }

    private static async ValueTask ReadAsync(Stream source, Memory<byte> target, CancellationToken end)
    {
        int count = await source.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, end).ConfigureAwait(false);
        if (count < target.Length)
            throw new PacketException(PacketFault.Truncated, "the connection was closed before the packet was whole");
    }
}
