namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>A scalar of YAML that is read back as the same text by every parser: plain where nothing else could be meant, else quoted.</summary>
internal static class YamlScalar
{
    private static readonly string[] s_notText = ["y", "n", "yes", "no", "true", "false", "on", "off", "null"];

    public static string Of(string text)
    {
        if (text.Contains('\n'))
            return '"' + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n") + '"';
        return IsPlain(text) ? text : '\'' + text.Replace("'", "''") + '\'';
    }

    // Text that begins with a letter is no number; a colon, a hash or a bracket may mean something behind it.
    private static bool IsPlain(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text[^1] != ' '
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-' or ' ' or '(' or ')')
        && !s_notText.Contains(text, StringComparer.OrdinalIgnoreCase)
        && !LooksLikeUuid(text);

    // Such as 12e4...: digits with an e could be read as a number.
    private static bool LooksLikeUuid(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit) && text.Count(char.IsAsciiLetter) <= 1;
}
