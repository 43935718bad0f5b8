using System.Buffers.Text;
using System.Collections.Immutable;
using TcpLens.Core.Model;

namespace TcpLens.Linux.Counters;

/// <summary>Understands the texts of /proc/sys: one number, several numbers, or a list of ports.</summary>
internal static class Setting
{
    /// <summary>Ranges beyond this many are not believed: there cannot be more with 65,536 ports.</summary>
    public const int MaxRanges = 32_768;

    /// <summary>One number that is the whole text.</summary>
    public static bool TryParseNumber(ReadOnlySpan<byte> text, out long number)
    {
        Span<long> one = stackalloc long[1];
        bool parsed = TryParseNumbers(text, one);
        number = one[0];
        return parsed;
    }

    /// <summary>As many numbers as <paramref name="numbers"/> has room for; neither fewer nor more.</summary>
    public static bool TryParseNumbers(ReadOnlySpan<byte> text, Span<long> numbers)
    {
        var words = new Words(text);
        foreach (ref long number in numbers)
        {
            if (!words.TryNext(out var word) || !Utf8Parser.TryParse(word, out number, out int used) || used != word.Length)
                return false;
        }

        return !words.TryNext(out _);
    }

    /// <summary>ip_local_port_range: <c>32768	60999</c>.</summary>
    public static bool TryParsePortRange(ReadOnlySpan<byte> text, out PortRange range)
    {
        range = default;
        Span<long> ends = stackalloc long[2];
        if (!TryParseNumbers(text, ends) || ends[0] < 0 || ends[0] > ends[1] || ends[1] > ushort.MaxValue)
            return false;
        range = new PortRange((ushort)ends[0], (ushort)ends[1]);
        return true;
    }

    /// <summary>ip_local_reserved_ports: <c>8080,9148-9150</c>, rising, or an empty line.</summary>
    public static bool TryParsePortList(ReadOnlySpan<byte> text, out ImmutableArray<PortRange> ports)
    {
        ports = default;
        var rest = text.TrimEnd("\r\n \t"u8);
        var ranges = ImmutableArray.CreateBuilder<PortRange>();
        while (!rest.IsEmpty)
        {
            if (ranges.Count == MaxRanges || !TryTakePort(ref rest, out ushort first))
                return false;
            ushort last = first;
            if (TryTake(ref rest, (byte)'-') && !TryTakePort(ref rest, out last))
                return false;
            // Rising order is the kernel's; without it a port could be counted twice.
            if (last < first || (ranges.Count > 0 && first <= ranges[^1].Last))
                return false;
            ranges.Add(new PortRange(first, last));
            if (!rest.IsEmpty && (!TryTake(ref rest, (byte)',') || rest.IsEmpty))
                return false;
        }

        ports = ranges.ToImmutable();
        return true;
    }

    private static bool TryTakePort(ref ReadOnlySpan<byte> rest, out ushort port)
    {
        if (!Utf8Parser.TryParse(rest, out port, out int used))
            return false;
        rest = rest[used..];
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, byte expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
            return false;
        rest = rest[1..];
        return true;
    }
}
