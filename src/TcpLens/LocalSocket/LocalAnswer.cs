using System.Buffers.Binary;

namespace TcpLens.LocalSocket;

/// <summary>What the resident monitor answers. On the wire: length of the bytes (4, little-endian), the kind (1), the bytes.</summary>
internal sealed record LocalAnswer(LocalAnswerKind Kind, byte[] Bytes)
{
    public const int HeadBytes = 5;

    /// <summary>Larger than any answer: a states document has at most 64 KB, and each of at most five findings of every rule some 4 KB.</summary>
    public const int BytesMaximum = 1024 * 1024;

    public static LocalAnswer Refusal { get; } = new(LocalAnswerKind.Refused, []);

    public byte[] ToBytes()
    {
        byte[] all = new byte[HeadBytes + Bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(all, Bytes.Length);
        all[4] = (byte)Kind;
        Bytes.CopyTo(all, HeadBytes);
        return all;
    }

    /// <summary>Reads the head: the kind, and the number of bytes that follow.</summary>
    public static bool TryParseHead(ReadOnlySpan<byte> head, out LocalAnswerKind kind, out int length)
    {
        (kind, length) = (LocalAnswerKind.Refused, 0);
        if (head.Length != HeadBytes)
            return false;
        length = BinaryPrimitives.ReadInt32LittleEndian(head);
        kind = (LocalAnswerKind)head[4];
        return length is >= 0 and <= BytesMaximum && kind <= LocalAnswerKind.Examination;
    }
}
