using System.Collections.Immutable;

namespace TcpLens.Outputs.Zabbix.Provisioning;

/// <summary>A template export of Zabbix in YAML, as text: the server reads it, we only need the names of its templates.</summary>
public sealed record TemplateExport(string Text, ImmutableArray<string> TemplateNames)
{
    private const string Key = "template:";

    /// <summary>Reads an export; <see langword="null"/> when no template is in it.</summary>
    public static TemplateExport? Parse(string text)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var words = line.Trim().TrimStart("- ");
            if (words.StartsWith(Key, StringComparison.Ordinal) && Unquoted(words[Key.Length..].Trim()) is { Length: > 0 } name && !names.Contains(name))
                names.Add(name);
        }

        return names.Count == 0 ? null : new TemplateExport(text, names.ToImmutable());
    }

    private static string Unquoted(ReadOnlySpan<char> value) => value switch
    {
        ['\'', .. var inner, '\''] => inner.ToString().Replace("''", "'", StringComparison.Ordinal),
        ['"', .. var inner, '"'] => inner.ToString(),
        _ => value.ToString(),
    };
}
