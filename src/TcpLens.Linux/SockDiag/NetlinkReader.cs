using System.Runtime.InteropServices;

namespace TcpLens.Linux.SockDiag;

/// <summary>
/// Steps through the messages of one datagram from the kernel. Lengths are checked here, once: a message that claims more bytes than
/// there are ends the walk and sets <see cref="IsMalformed"/>.
/// </summary>
internal ref struct NetlinkReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    /// <summary>The datagram did not end with a whole message.</summary>
    public bool IsMalformed { get; private set; }

    public bool TryNext(out NetlinkHeader header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        if (_rest.IsEmpty)
            return false;
        uint length = _rest.Length >= NetlinkHeader.Size ? MemoryMarshal.Read<uint>(_rest) : 0;
        if (length < NetlinkHeader.Size || length > (uint)_rest.Length)
        {
            IsMalformed = true;
            _rest = default;
            return false;
        }

        header = new NetlinkHeader(
            MemoryMarshal.Read<ushort>(_rest[4..]), MemoryMarshal.Read<ushort>(_rest[6..]), MemoryMarshal.Read<uint>(_rest[8..]));
        payload = _rest[NetlinkHeader.Size..(int)length];
        // Messages start at multiples of four; the padding after the last one may be absent.
        _rest = _rest[Math.Min(_rest.Length, Align((int)length))..];
        return true;
    }

    private static int Align(int length) => (length + 3) & ~3;
}
