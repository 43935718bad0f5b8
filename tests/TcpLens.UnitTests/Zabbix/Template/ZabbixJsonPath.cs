using System.Text.Json;
using System.Text.RegularExpressions;

namespace TcpLens.UnitTests.Zabbix.Template;

/// <summary>The part of Zabbix' JSONPath that the template uses: <c>$.a.b</c> and <c>$.list[?(@.key == 1)].a.first()</c>, the
/// key being a number or a word in quotes.</summary>
internal static partial class ZabbixJsonPath
{
    /// <summary>What the path finds, as an item would get it; <see langword="null"/> when nothing. Any other form of path is an error.</summary>
    public static string? Find(JsonElement root, string path)
    {
        var match = Form().Match(path);
        if (!match.Success)
            throw new FormatException($"not a path that this test understands: {path}");
        var found = match.Groups["list"].Success ? Entry(root, match) : root;
        foreach (string name in match.Groups["path"].Value.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (found is not { ValueKind: JsonValueKind.Object } parent || !parent.TryGetProperty(name, out var child))
                return null;
            found = child;
        }

        return found?.ToString();
    }

    private static JsonElement? Entry(JsonElement root, Match match)
    {
        var list = root;
        foreach (string name in match.Groups["list"].Value.Split('.'))
            list = list.GetProperty(name);
        foreach (var entry in list.EnumerateArray())
        {
            var key = entry.GetProperty(match.Groups["key"].Value);
            if (key.GetRawText() == match.Groups["value"].Value.Replace('\'', '"'))
                return entry;
        }

        return null;
    }

    [GeneratedRegex(@"^\$(\.(?<list>\w+(\.\w+)*)\[\?\(@\.(?<key>\w+) == (?<value>\d+|'\w+')\)\](?<path>(\.\w+)+)\.first\(\)|(?<path>(\.\w+)+))$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
