using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>Text without control characters; empty for none.</summary>
/// <param name="charactersMax">The longest.</param>
internal sealed class PrintableType(int charactersMax) : TextType<string>
{
    public override Phrase Expected { get; } = new Phrase("at most {0} characters, none of them a control character, or \"\" for none", "不超过 {0} 个字符且不含控制字符，\"\" 表示没有").With(charactersMax);

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && value.Length <= charactersMax && !value.Any(char.IsControl);
    }

    public override string ToText(string value) => value;
}
