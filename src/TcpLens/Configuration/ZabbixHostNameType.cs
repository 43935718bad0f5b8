using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>The name of a host as Zabbix allows it (Zabbix manual, "Configuring a host"); empty for none.</summary>
internal sealed class ZabbixHostNameType : TextType<string>
{
    /// <summary>The longest host metadata that an agent may have (Zabbix manual, <c>HostMetadata</c>).</summary>
    public const int MetadataCharactersMax = 2034;

    private const int CharactersMax = 128;

    public override Phrase Expected { get; } = new Phrase("at most {0} letters, digits, spaces, dots, dashes and underscores, or \"\" for none", "不超过 {0} 个字母、数字、空格、点、连字符或下划线，\"\" 表示没有").With(CharactersMax);

    public override bool TryRead(RawValue raw, out string value)
    {
        value = raw.Text;
        return raw.IsText && value.Length <= CharactersMax && value.Trim().Length == value.Length && value.All(character => char.IsAsciiLetterOrDigit(character) || character is ' ' or '.' or '-' or '_');
    }

    public override string ToText(string value) => value;
}
