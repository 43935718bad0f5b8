using System.Text;

namespace TcpLens.Zabbix.AgentConfiguration;

/// <summary>The one file that TcpLens owns in an agent's configuration. Its first line is the mark by which it is known again.</summary>
public static class DropIn
{
    public const string FileName = "tcplens.conf";

    private const string Mark = "# Written by \"tcplens zabbix install\".";

    /// <summary>The file's text: one user parameter for each key. The same keys and commands give the same text.</summary>
    public static string Text(IEnumerable<(string Key, string Command)> parameters)
    {
        var text = new StringBuilder(Mark).Append(" It is written anew as a whole; \"tcplens zabbix install --uninstall\" removes it.\n");
        foreach (var (key, command) in parameters)
            text.Append(UserParameter.Parameter).Append('=').Append(key).Append(',').Append(command).Append('\n');
        return text.ToString();
    }

    /// <summary>Whether a file with that text is ours to replace and to remove.</summary>
    public static bool IsOurs(string text) => text.StartsWith(Mark, StringComparison.Ordinal);
}
