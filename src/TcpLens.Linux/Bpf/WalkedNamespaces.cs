using System.Runtime.InteropServices;

namespace TcpLens.Linux.Bpf;

/// <summary>The namespaces that a walk over their ring has told. Those with a table of sockets of their own are left out: no walk over the caller's table sees them.</summary>
internal static class WalkedNamespaces
{
    /// <summary>The address and the inode of each, the caller's own first.</summary>
    public static List<(ulong Address, ulong Inode)> Of(HashWalk walk, int namespaces)
    {
        var found = new List<(ulong, ulong)>(namespaces);
        ulong ownTable = 0;
        for (int i = 0; i < namespaces; i++)
        {
            var row = walk.Row(i);
            ulong table = MemoryMarshal.Read<ulong>(row[32..]);
            ownTable = i == 0 ? table : ownTable;
            if (table == ownTable)
                found.Add((WalkRow.Namespace(row), MemoryMarshal.Read<ulong>(row[16..])));
        }

        return found;
    }
}
