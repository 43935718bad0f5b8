using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>A length of time between two limits, in whole milliseconds.</summary>
internal sealed class DurationType(TimeSpan shortest, TimeSpan longest) : TextType<TimeSpan>
{
    public override Phrase Expected { get; } =
        new Phrase("a duration from {0} to {1}: a whole number and ms, s, m, h, d, w or y", "{0} 到 {1} 之间的时长：整数加单位 ms、s、m、h、d、w 或 y")
            .With(Duration.Of(shortest), Duration.Of(longest));

    public override bool TryRead(RawValue raw, out TimeSpan value)
    {
        value = default;
        if (!raw.IsText || !Duration.TryParse(raw.Text, out var duration))
            return false;
        value = duration.Time;
        return value >= shortest && value <= longest;
    }

    // A number alone is most often meant in seconds.
    public override string? Meant(RawValue raw) => TryRead(RawValue.Word(raw.Text + "s"), out var value) ? ToToml(value) : null;

    public override string ToText(TimeSpan value) => Duration.Of(value).ToString();
}
