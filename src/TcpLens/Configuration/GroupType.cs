using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>A group of users, by name or number; empty for none.</summary>
internal sealed class GroupType : TextType<string>
{
    /// <summary>The longest name that useradd(8) takes.</summary>
    private const int CharactersMax = 32;

    public override Phrase Expected { get; } = new("the name or number of a group, or \"\" for none", "组名或组号，\"\" 表示没有");

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && value.Length <= CharactersMax && !value.StartsWith('-') && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.');
    }

    public override string? Meant(RawValue raw) => raw.Kind == RawKind.Number && TryRead(RawValue.Word(raw.Text), out string value) ? ToToml(value) : null;

    public override string ToText(string value) => value;
}
