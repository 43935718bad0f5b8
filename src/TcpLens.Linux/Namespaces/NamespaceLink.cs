using System.Buffers.Text;

namespace TcpLens.Linux.Namespaces;

/// <summary>Understands what the links in /proc/&lt;pid&gt;/ns say: <c>net:[4026531833]</c> (namespaces(7)).</summary>
internal static class NamespaceLink
{
    /// <summary>Reads the inode number out of a link of this <paramref name="kind"/> (<c>net</c>).</summary>
    public static bool TryParse(ReadOnlySpan<byte> link, ReadOnlySpan<byte> kind, out ulong inode)
    {
        inode = 0;
        if (!link.StartsWith(kind))
            return false;
        link = link[kind.Length..];
        return link.StartsWith(":["u8)
            && Utf8Parser.TryParse(link[2..], out inode, out int used)
            && link[(2 + used)..].SequenceEqual("]"u8);
    }
}
