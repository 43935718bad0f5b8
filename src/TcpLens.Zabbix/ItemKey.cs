using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TcpLens.Zabbix;

/// <summary>
/// A Zabbix item key: a name and, in brackets, parameters (Zabbix manual, "Item key format"). A parameter may be quoted, and inside
/// quotes <c>\"</c> stands for a quote; an array (<c>[a,b]</c>) is the text between its brackets, as the agents hand it on.
/// </summary>
public sealed record ItemKey(string Name, ImmutableArray<string> Parameters)
{
    /// <summary>The longest key that Zabbix stores.</summary>
    public const int LongestKey = 2048;

    /// <summary>Reads a key; <see langword="false"/> when it is not of that form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ItemKey? key)
    {
        key = null;
        if (text.Length > LongestKey)
            return false;
        int name = 0;
        while (name < text.Length && (char.IsAsciiLetterOrDigit(text[name]) || text[name] is '_' or '-' or '.'))
            name++;
        if (name == 0)
            return false;
        if (name == text.Length)
        {
            key = new ItemKey(text, []);
            return true;
        }

        if (text[name] != '[' || !TryParseParameters(text.AsSpan(name + 1), out var parameters))
            return false;
        key = new ItemKey(text[..name], parameters);
        return true;
    }

    /// <summary>
    /// The text of the key, which parses to the same; <see langword="null"/> where there is none: a quoted parameter cannot end in a backslash, and a
    /// name has few characters.
    /// </summary>
    public string? ToText()
    {
        string text = Parameters.IsEmpty ? Name : $"{Name}[{string.Join(',', Parameters.Select(Quoted))}]";
        return TryParse(text, out var same) && same.Equals(this) ? text : null;
    }

    public bool Equals(ItemKey? other) => other is not null && Name == other.Name && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Name, Parameters.Length);

    private static string Quoted(string parameter) => parameter is not ([] or [not (' ' or '"' or '['), ..]) || parameter.AsSpan().ContainsAny(',', ']')
        ? $"\"{parameter.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : parameter;

    // What stands behind the opening bracket, up to the closing one, which must be the last character.
    private static bool TryParseParameters(ReadOnlySpan<char> text, out ImmutableArray<string> parameters)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        parameters = [];
        while (TryTakeParameter(ref text, out string? parameter))
        {
            found.Add(parameter);
            if (text.IsEmpty)
                return false;
            char end = text[0];
            text = text[1..];
            if (end == ']')
            {
                parameters = found.ToImmutable();
                return text.IsEmpty;
            }
        }

        return false;
    }

    // Leaves the text at the ',' or ']' behind the parameter.
    private static bool TryTakeParameter(ref ReadOnlySpan<char> text, [NotNullWhen(true)] out string? parameter)
    {
        text = text.TrimStart(' ');
        if (!text.IsEmpty && text[0] == '"')
            return TryTakeQuoted(ref text, out parameter);
        if (!text.IsEmpty && text[0] == '[')
            return TryTakeArray(ref text, out parameter);
        int length = text.IndexOfAny(',', ']');
        parameter = text[..(length < 0 ? text.Length : length)].ToString();
        text = text[parameter.Length..];
        return true;
    }

    private static bool TryTakeArray(ref ReadOnlySpan<char> text, [NotNullWhen(true)] out string? parameter)
    {
        parameter = null;
        int depth = 0;
        int length = 0;
        do
        {
            if (length == text.Length)
                return false;
            depth += text[length++] switch { '[' => 1, ']' => -1, _ => 0 };
        }
        while (depth > 0);
        parameter = text[1..(length - 1)].ToString();
        text = text[length..].TrimStart(' ');
        return text.IsEmpty || text[0] is ',' or ']';
    }

    private static bool TryTakeQuoted(ref ReadOnlySpan<char> text, [NotNullWhen(true)] out string? parameter)
    {
        var value = new StringBuilder();
        parameter = null;
        int at = 1;
        while (at < text.Length && text[at] != '"')
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '"')
                at++;
            value.Append(text[at++]);
        }

        if (at >= text.Length)
            return false;
        text = text[(at + 1)..].TrimStart(' ');
        parameter = value.ToString();
        return text.IsEmpty || text[0] is ',' or ']';
    }
}
