using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TcpLens.LocalSocket;

/// <summary>
/// What a one-shot command asks the resident monitor. On the wire: <see cref="Magic"/>, length of the rest (2 bytes, little-endian), inode of
/// the asker's network namespace (8), then an item key in UTF-8, <see cref="Examination"/>, or nothing: the states.
/// </summary>
internal sealed record LocalQuestion(ulong Namespace, string Key)
{
    /// <summary>The longest question behind its head; no agent takes a longer key.</summary>
    public const int BytesMaximum = 2048;

    public const int HeadBytes = 10;

    /// <summary>Asks what the rules say. No item can have such a key.</summary>
    public const string Examination = "?";

    private const int FixedBytes = 8;

    /// <summary>Name and version of the protocol. Both sides are the same program; another version reads the kernel itself.</summary>
    public static ReadOnlySpan<byte> Magic => "TCPLENS1"u8;

    /// <summary>The question with its head; <see langword="null"/> when it is too long to be asked.</summary>
    public byte[]? ToBytes()
    {
        int length = FixedBytes + Encoding.UTF8.GetByteCount(Key);
        if (length > BytesMaximum)
            return null;
        byte[] bytes = new byte[HeadBytes + length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(HeadBytes), Namespace);
        Encoding.UTF8.GetBytes(Key, bytes.AsSpan(HeadBytes + FixedBytes));
        return bytes;
    }

    /// <summary>Reads the head: the length of the rest.</summary>
    public static bool TryParseHead(ReadOnlySpan<byte> head, out int length)
    {
        length = 0;
        if (head.Length != HeadBytes || !head.StartsWith(Magic))
            return false;
        length = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]);
        return length is >= FixedBytes and <= BytesMaximum;
    }

    /// <summary>Reads what follows the head.</summary>
    public static bool TryParse(ReadOnlySpan<byte> rest, [NotNullWhen(true)] out LocalQuestion? question)
    {
        question = rest.Length is >= FixedBytes and <= BytesMaximum
            ? new LocalQuestion(BinaryPrimitives.ReadUInt64LittleEndian(rest), Encoding.UTF8.GetString(rest[FixedBytes..]))
            : null;
        return question is not null;
    }
}
