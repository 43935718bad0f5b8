using System.Buffers.Text;
using TcpLens.Linux.Counters;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Reading;

/// <summary>How many connections the namespace has opened since it exists: ActiveOpens + PassiveOpens of RFC 1213, from <c>snmp</c>.</summary>
internal static class OpenedConnections
{
    private const int BufferBytes = 16 * 1024;

    public static bool TryRead(string netDirectory, out long opened)
    {
        Span<byte> buffer = stackalloc byte[BufferBytes];
        opened = 0;
        return SmallFile.Read(netDirectory + "/snmp", buffer, out int length) == Errno.None && TryParse(buffer[..length], out opened);
    }

    /// <summary>Finds the two fields by the names in the first of the two lines that begin with <c>Tcp:</c>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long opened)
    {
        opened = 0;
        int begin = text.IndexOf("Tcp: "u8);
        if (begin < 0)
            return false;
        var names = text[begin..];
        int end = names.IndexOf((byte)'\n');
        if (end < 0)
            return false;
        var values = new Words(names[(end + 1)..]);
        int found = 0;
        foreach (var range in names[..end].Split((byte)' '))
        {
            if (!values.TryNext(out var value))
                return false;
            var name = names[..end][range];
            if (!name.SequenceEqual("ActiveOpens"u8) && !name.SequenceEqual("PassiveOpens"u8))
                continue;
            if (!Utf8Parser.TryParse(value, out long number, out int used) || used != value.Length)
                return false;
            opened += number;
            found++;
        }

        return found == 2;
    }
}
