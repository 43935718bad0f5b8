using System.Buffers.Binary;

namespace TcpLens.Zabbix.Transport;

/// <summary>What a TLS client offers in its first message (ClientHello, RFC 8446 section 4.1.2): a pre-shared key, or something else.</summary>
internal static class ClientOffer
{
    /// <summary>RFC 8446 section 4.2.11.</summary>
    private const int PreSharedKeyExtension = 41;

    private const int RecordHeaderBytes = 5;
    private const int MessageHeaderBytes = 4;
    private const byte ClientHello = 1;
    private const int VersionAndRandomBytes = 34;

    /// <summary>
    /// Reads the first bytes of a connection. False when they are no hello at all, or no whole one: then <paramref name="bytesNeeded"/> says how many bytes
    /// it takes to know more, 0 when it is none.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out bool isPsk, out int bytesNeeded)
    {
        isPsk = false;
        bytesNeeded = RecordHeaderBytes + MessageHeaderBytes;
        if (bytes.Length < bytesNeeded)
            return false;
        // A hello that is spread over records is nothing that Zabbix sends.
        int record = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        int message = (bytes[6] << 16) | (bytes[7] << 8) | bytes[8];
        bytesNeeded = 0;
        if (bytes[0] != PskHandshake.RecordType || bytes[5] != ClientHello || message + MessageHeaderBytes > record)
            return false;
        int end = RecordHeaderBytes + MessageHeaderBytes + message;
        if (bytes.Length < end)
        {
            bytesNeeded = end;
            return false;
        }

        return TryParseHello(bytes[(RecordHeaderBytes + MessageHeaderBytes)..end], out isPsk);
    }

    private static bool TryParseHello(ReadOnlySpan<byte> hello, out bool isPsk)
    {
        isPsk = false;
        if (hello.Length < VersionAndRandomBytes)
            return false;
        hello = hello[VersionAndRandomBytes..];
        if (!TryTake(ref hello, lengthBytes: 1, out _) || !TryTake(ref hello, lengthBytes: 2, out var suites) || !TryTake(ref hello, lengthBytes: 1, out _))
            return false;
        for (; suites.Length >= 2; suites = suites[2..])
            isPsk |= PskHandshake.IsPskSuite(BinaryPrimitives.ReadUInt16BigEndian(suites));
        if (hello.IsEmpty)
            return true;
        if (!TryTake(ref hello, lengthBytes: 2, out var extensions))
            return false;
        while (extensions.Length >= 2)
        {
            isPsk |= BinaryPrimitives.ReadUInt16BigEndian(extensions) == PreSharedKeyExtension;
            extensions = extensions[2..];
            if (!TryTake(ref extensions, lengthBytes: 2, out _))
                return false;
        }

        return extensions.IsEmpty;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> bytes, int lengthBytes, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (bytes.Length < lengthBytes)
            return false;
        int length = lengthBytes == 1 ? bytes[0] : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (bytes.Length < lengthBytes + length)
            return false;
        taken = bytes.Slice(lengthBytes, length);
        bytes = bytes[(lengthBytes + length)..];
        return true;
    }
}
