using System.Buffers.Binary;

namespace TcpLens.Zabbix.Plugin;

/// <summary>
/// One message on the wire: its kind (always 1, JSON) and its length, each 4 bytes, little-endian; then the JSON. Memory grows with what has come,
/// not with what a length promises.
/// </summary>
public static class PluginFrame
{
    /// <summary>The longest message that is taken: many times the longest key with its parameters, or any agent's options.</summary>
    public const int BytesMaximum = 1024 * 1024;

    /// <summary>What stands before the JSON.</summary>
    public const int HeadBytes = 8;

    private const uint Json = 1;
    private const int FirstBytes = 4096;

    /// <summary>Reads one message; <see langword="null"/> when the agent has closed the connection.</summary>
    /// <exception cref="PluginException">What comes is no message.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async ValueTask<byte[]?> ReadAsync(Stream source, CancellationToken cancel)
    {
        byte[] head = new byte[HeadBytes];
        int count = await source.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        if (count == 0)
            return null;
        if (count < HeadBytes)
            throw Truncated();
        int length = LengthOf(head);
        byte[] message = new byte[Math.Min(length, FirstBytes)];
        int filled = 0;
        while (filled < length)
        {
            if (filled == message.Length)
                Array.Resize(ref message, (int)Math.Min(length, 2L * filled));
            count = await source.ReadAsync(message.AsMemory(filled), cancel).ConfigureAwait(false);
            if (count == 0)
                throw Truncated();
            filled += count;
        }

        return message;
    }

    /// <summary>Reads the head: the length of the JSON.</summary>
    /// <exception cref="PluginException">It is none.</exception>
    public static int LengthOf(ReadOnlySpan<byte> head)
    {
        uint kind = BinaryPrimitives.ReadUInt32LittleEndian(head);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (kind != Json)
            throw new PluginException(PluginFault.UnknownKind, $"a message of kind {kind} came, only kind {Json} is known");
        if (length > BytesMaximum)
            throw new PluginException(PluginFault.TooLong, $"a message of {length} bytes is announced, at most {BytesMaximum} are taken");
        return (int)length;
    }

    /// <summary>The bytes of a message, its head with it.</summary>
    public static byte[] ToBytes(ReadOnlySpan<byte> json)
    {
        byte[] bytes = new byte[HeadBytes + json.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Json);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)json.Length);
        json.CopyTo(bytes.AsSpan(HeadBytes));
        return bytes;
    }

    private static PluginException Truncated() => new(PluginFault.Truncated, "the connection was closed in the middle of a message");
}
