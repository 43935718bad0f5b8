using System.Buffers.Text;

namespace TcpLens.Linux.Counters;

/// <summary>
/// The numbers of one line of <c>/proc/net/sockstat</c> or <c>sockstat6</c>: <c>TCP: inuse 5 orphan 0 tw 0 alloc 7 mem 1</c>. A number that
/// the line does not tell is <see langword="null"/>. Source: <c>net/ipv4/proc.c</c> (sockstat_seq_show).
/// </summary>
internal readonly record struct Sockstat(long? InUse, long? Orphans, long? TimeWait, long? Allocated, long? MemoryPages)
{
    /// <summary>Finds the line that begins with <paramref name="label"/> (<c>TCP:</c>, <c>TCP6:</c>) and reads the numbers that it knows.</summary>
    /// <returns><see langword="false"/> when there is no such line.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label, out Sockstat sockstat)
    {
        sockstat = default;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (!line.StartsWith(label))
                continue;
            sockstat = ReadPairs(line[label.Length..]);
            return true;
        }

        return false;
    }

    private static Sockstat ReadPairs(ReadOnlySpan<byte> line)
    {
        Sockstat sockstat = default;
        var words = new Words(line);
        while (words.TryNext(out var name) && words.TryNext(out var value))
        {
            if (!Utf8Parser.TryParse(value, out long number, out int used) || used != value.Length)
                continue;
            if (name.SequenceEqual("inuse"u8))
                sockstat = sockstat with { InUse = number };
            else if (name.SequenceEqual("orphan"u8))
                sockstat = sockstat with { Orphans = number };
            else if (name.SequenceEqual("tw"u8))
                sockstat = sockstat with { TimeWait = number };
            else if (name.SequenceEqual("alloc"u8))
                sockstat = sockstat with { Allocated = number };
            else if (name.SequenceEqual("mem"u8))
                sockstat = sockstat with { MemoryPages = number };
        }

        return sockstat;
    }
}
