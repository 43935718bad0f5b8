using System.Globalization;

namespace TcpLens.Configuration;

/// <summary>A size as it is written in the configuration: a whole number and a unit of 1024, <c>256MiB</c>. At most 1024 TiB.</summary>
internal readonly record struct ByteSize
{
    private const long BytesMax = 1L << 50;

    private static readonly (string Name, long Bytes)[] s_units = [("TiB", 1L << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

    private ByteSize(long bytes) => Bytes = bytes;

    public long Bytes { get; }

    public static ByteSize Of(long bytes) => new(bytes);

    public static bool TryParse(ReadOnlySpan<char> text, out ByteSize size)
    {
        size = default;
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            return false;
        foreach (var (name, bytes) in s_units)
        {
            if (!text[digits..].SequenceEqual(name))
                continue;
            if (number > BytesMax / bytes)
                return false;
            size = new ByteSize(number * bytes);
            return true;
        }

        return false;
    }

    /// <summary>In the largest unit that needs no fraction.</summary>
    public override string ToString()
    {
        long bytes = Bytes;
        if (bytes == 0)
            return "0B";
        var (name, unit) = s_units.First(one => bytes % one.Bytes == 0);
        return $"{bytes / unit}{name}";
    }
}
