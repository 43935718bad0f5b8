using System.Buffers.Text;

namespace TcpLens.Linux.Interop;

/// <summary>Where a descriptor of a socket leads: <c>socket:[4711]</c>. Source: proc(5).</summary>
internal static class SocketLink
{
    public static bool TryParse(ReadOnlySpan<byte> target, out uint inode)
    {
        inode = 0;
        if (!target.StartsWith("socket:["u8) || !target.EndsWith("]"u8))
            return false;
        var digits = target["socket:["u8.Length..^1];
        return Utf8Parser.TryParse(digits, out inode, out int used) && used == digits.Length;
    }
}
