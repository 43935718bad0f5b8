using System.Buffers.Text;

namespace TcpLens.Linux.Counters;

/// <summary>
/// The numbers of one line of <c>/proc/net/sockstat</c> or <c>sockstat6</c>: <c>TCP: inuse 5 orphan 0 tw 0 alloc 7 mem 1</c>. A number that
/// the line does not tell is <see langword="null"/>. Source: <c>net/ipv4/proc.c</c> (sockstat_seq_show).
/// </summary>
internal readonly record struct Sockstat(long? InUse, long? Orphans, long? TimeWait, long? Allocated, long? MemoryPages)
{
    /// <summary>Finds the line that begins with <paramref name="label"/> (<c>TCP:</c>, <c>TCP6:</c>) and reads the numbers that it knows.</summary>
    /// <returns><see langword="false"/> when there is no such line, or it was cut.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label, out Sockstat sockstat)
    {
        sockstat = default;
        var lines = new CompleteLines(text, label);
        if (!lines.TryNext(out var line))
            return false;

        var words = new Words(line);
        while (words.TryNext(out var name) && words.TryNext(out var value))
        {
            if (Utf8Parser.TryParse(value, out long number, out int used) && used == value.Length)
                sockstat = sockstat.With(name, number);
        }

        return true;
    }

    private Sockstat With(ReadOnlySpan<byte> name, long number)
    {
        if (name.SequenceEqual("inuse"u8))
            return this with { InUse = number };
        if (name.SequenceEqual("orphan"u8))
            return this with { Orphans = number };
        if (name.SequenceEqual("tw"u8))
            return this with { TimeWait = number };
        if (name.SequenceEqual("alloc"u8))
            return this with { Allocated = number };
        return name.SequenceEqual("mem"u8) ? this with { MemoryPages = number } : this;
    }
}
