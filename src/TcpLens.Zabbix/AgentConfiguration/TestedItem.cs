using System.Diagnostics.CodeAnalysis;

namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>
/// What an agent prints for <c>-t KEY</c>: <c>KEY   [t|5]</c> (classic), <c>KEY   [s|5]</c> (agent 2), <c>KEY   [m|ZBX_NOTSUPPORTED] [reason]</c>.
/// </summary>
public readonly record struct TestedItem(string Value, bool IsSupported)
{
    private const string NotSupported = "ZBX_NOTSUPPORTED";

    /// <summary>Finds the item in the agent's output. A value may have several lines; it ends at the output's last bracket.</summary>
    public static bool TryParse(string output, string key, [NotNullWhen(true)] out TestedItem? item)
    {
        item = null;
        int start = output.IndexOf(key + " ", StringComparison.Ordinal);
        if (start < 0)
            return false;
        var rest = output.AsSpan(start + key.Length).Trim();
        if (rest.Length < 4 || rest[0] != '[' || rest[2] != '|' || rest[^1] != ']')
            return false;
        string value = rest[3..^1].ToString();
        item = value.StartsWith(NotSupported, StringComparison.Ordinal)
            ? new TestedItem(value[NotSupported.Length..].Trim(' ', '\0', '[', ']'), IsSupported: false)
            : new TestedItem(value, IsSupported: true);
        return true;
    }
}
