using System.Buffers.Binary;

namespace TcpLens.Zabbix.Wire;

/// <summary>
/// The header of every message of the Zabbix wire: <c>ZBXD</c>, flags (1 byte), length of the data, reserved; both little-endian with 4 bytes,
/// or 8 when the packet is large (Zabbix manual, "Header").
/// </summary>
/// <param name="Flags">How the data is packed.</param>
/// <param name="DataLength">Bytes that follow the header.</param>
/// <param name="Reserved">Bytes of the data when it is decompressed; without compression it means nothing, and agents fill it as they like.</param>
public readonly record struct PacketHeader(Packing Flags, ulong DataLength, ulong Reserved)
{
    /// <summary>Bytes up to the flags, which tell how many follow.</summary>
    public const int BytesToFlags = 5;

    private const Packing Known = Packing.Protocol | Packing.Compressed | Packing.Large;

    /// <summary>The first four bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "ZBXD"u8;

    /// <summary>Bytes of the whole header.</summary>
    public int Bytes => LengthOf(Flags);

    public bool IsCompressed => Flags.HasFlag(Packing.Compressed);

    /// <summary>Bytes of the data when it is decompressed, as the header says.</summary>
    public ulong PlainLength => IsCompressed ? Reserved : DataLength;

    /// <summary>Bytes of a header with these flags.</summary>
    public static int LengthOf(Packing flags) => BytesToFlags + (flags.HasFlag(Packing.Large) ? 16 : 8);

    /// <summary>Reads the first <see cref="BytesToFlags"/> bytes.</summary>
    /// <exception cref="PacketException">They are none of a packet's.</exception>
    public static Packing ParseFlags(ReadOnlySpan<byte> start)
    {
        if (start.Length < BytesToFlags)
            throw new PacketException(PacketFault.Truncated, $"the header ends after {start.Length} bytes");
        if (!start.StartsWith(Magic))
            throw new PacketException(PacketFault.NotZabbix, "no packet of the Zabbix protocol: it does not begin with ZBXD");
        var flags = (Packing)start[4];
        return flags.HasFlag(Packing.Protocol) && (flags & ~Known) == Packing.None
            ? flags
            : throw new PacketException(PacketFault.UnknownFlags, $"the packet's flags 0x{start[4]:x2} are not known");
    }

    /// <summary>Reads a whole header.</summary>
    /// <exception cref="PacketException">It is none.</exception>
    public static PacketHeader Parse(ReadOnlySpan<byte> header)
    {
        var flags = ParseFlags(header);
        if (header.Length < LengthOf(flags))
            throw new PacketException(PacketFault.Truncated, $"the header ends after {header.Length} bytes");
        var lengths = header[BytesToFlags..];
        return flags.HasFlag(Packing.Large)
            ? new PacketHeader(flags, BinaryPrimitives.ReadUInt64LittleEndian(lengths), BinaryPrimitives.ReadUInt64LittleEndian(lengths[8..]))
            : new PacketHeader(flags, BinaryPrimitives.ReadUInt32LittleEndian(lengths), BinaryPrimitives.ReadUInt32LittleEndian(lengths[4..]));
    }

    /// <summary>Writes the header to the front of <paramref name="target"/>, which has at least <see cref="Bytes"/>.</summary>
    public void Write(Span<byte> target)
    {
        Magic.CopyTo(target);
        target[4] = (byte)Flags;
        var lengths = target[BytesToFlags..];
        if (Flags.HasFlag(Packing.Large))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(lengths, DataLength);
            BinaryPrimitives.WriteUInt64LittleEndian(lengths[8..], Reserved);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(lengths, checked((uint)DataLength));
            BinaryPrimitives.WriteUInt32LittleEndian(lengths[4..], checked((uint)Reserved));
        }
    }
}
