using System.Globalization;

namespace TcpLens.Agents;

/// <summary>The user that an agent runs as: numbers as the kernel has them, and the name where <c>/etc/passwd</c> knows it.</summary>
internal sealed record UserAccount(string Name, int UserId, int GroupId, IReadOnlyList<int> Groups)
{
    /// <summary>The packages' user.</summary>
    public const string DefaultName = "zabbix";

    /// <summary>The user with that name; <see langword="null"/> when <c>/etc/passwd</c> has none.</summary>
    public static UserAccount? Named(AgentHost host, string name) => Find(host, fields => fields[0] == name);

    /// <summary>The user of a process, from its <c>/proc/PID/status</c>.</summary>
    public static UserAccount? OfProcess(AgentHost host, string status)
    {
        if (Numbers(status, "Uid:") is not [_, var user, ..] || Numbers(status, "Gid:") is not [_, var group, ..])
            return null;
        string name = Find(host, fields => fields[2] == user.ToString())?.Name ?? user.ToString();
        return new UserAccount(name, user, group, Numbers(status, "Groups:") ?? []);
    }

    /// <summary>The command line that runs another one as this user; itself when we are that user or may not change.</summary>
    public string[] Prefix(AgentHost host) => !host.IsRoot || UserId == 0
        ? []
        : ["setpriv", $"--reuid={UserId}", $"--regid={GroupId}", Groups.Count == 0 ? "--clear-groups" : $"--groups={string.Join(',', Groups)}", "--"];

    private static UserAccount? Find(AgentHost host, Func<string[], bool> matches)
    {
        foreach (string line in (host.ReadFile("/etc/passwd") ?? "").Split('\n'))
        {
            string[] fields = line.Split(':');
            if (fields.Length >= 4 && matches(fields) && TryNumber(fields[2], out int user) && TryNumber(fields[3], out int group))
                return new UserAccount(fields[0], user, group, []);
        }

        return null;
    }

    private static int[]? Numbers(string status, string field)
    {
        foreach (string line in status.Split('\n'))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
                return [.. line[field.Length..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word => TryNumber(word, out int number) ? number : -1)];
        }

        return null;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
