using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>A size between two limits, in bytes.</summary>
internal sealed class SizeType(long smallest, long largest) : TextType<long>
{
    public override Phrase Expected { get; } =
        new Phrase("a size from {0} to {1}: a whole number and B, KiB, MiB, GiB or TiB", "{0} 到 {1} 之间的大小：整数加单位 B、KiB、MiB、GiB 或 TiB")
            .With(ByteSize.Of(smallest), ByteSize.Of(largest));

    public override bool TryRead(RawValue raw, out long value)
    {
        value = 0;
        if (!raw.IsText || !ByteSize.TryParse(raw.Text, out var size))
            return false;
        value = size.Bytes;
        return value >= smallest && value <= largest;
    }

    // 256M and 256MB are most often meant in units of 1024.
    public override string? Meant(RawValue raw)
    {
        string start = raw.Text.TrimEnd('B', 'b', 'i');
        return start.Length > 0 && TryRead(RawValue.Word($"{start[..^1]}{char.ToUpperInvariant(start[^1])}iB"), out long value) ? ToToml(value) : null;
    }

    public override string ToText(long value) => ByteSize.Of(value).ToString();
}
