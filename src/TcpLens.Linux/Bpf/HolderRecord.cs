using System.Buffers.Binary;

namespace TcpLens.Linux.Bpf;

/// <summary>One descriptor of a socket: <c>struct holder</c> of <c>programs/holders.bpf.c</c>.</summary>
/// <param name="Inode">The socket.</param>
/// <param name="Process">Who holds it, by the number in the machine's first process namespace.</param>
internal readonly record struct HolderRecord(uint Inode, int Process)
{
    /// <summary>Bytes of a record.</summary>
    public const int Size = 8;

    /// <summary>Takes the first record off <paramref name="bytes"/>; what is less than one is left there.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out HolderRecord record)
    {
        record = default;
        if (bytes.Length < Size)
            return false;
        record = new HolderRecord(BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]));
        bytes = bytes[Size..];
        return true;
    }
}
