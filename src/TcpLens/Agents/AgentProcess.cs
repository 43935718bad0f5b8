using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Agents;

/// <summary>
/// Tells from its name and command line whether a process is an agent, also when its file was renamed or a loader (<c>ld-linux</c>, for a
/// glibc of its own) started it.
/// </summary>
internal static class AgentProcess
{
    /// <summary>The agent that a process is, the words that start it, and the words behind them; <see langword="null"/> when it is none.</summary>
    /// <param name="name">The name of the process, from <c>/proc/PID/comm</c>.</param>
    /// <param name="executable">The file that it runs, <see langword="null"/> when unknown.</param>
    /// <param name="words">Its command line; the first word is the program.</param>
    public static (AgentProgram Program, IReadOnlyList<string> Command, IReadOnlyList<string> Arguments)? Recognise(string? name, string? executable, IReadOnlyList<string> words)
    {
        if (words[0].Length == 0)
            return null;
        if (executable is not null && IsLoader(executable))
            return Loaded(executable, words);
        string[] arguments = [.. words.Skip(1)];
        string?[] names = [name, Path.GetFileName(words[0]), Path.GetFileName(executable)];
        var program = names.Select(Named).FirstOrDefault(one => one is not null) ?? Renamed(arguments, names);
        return program is null ? null : (program, [executable ?? program.Name], arguments);
    }

    // LOADER [--library-path DIRECTORIES ...] PROGRAM ARGUMENTS
    private static (AgentProgram Program, IReadOnlyList<string> Command, IReadOnlyList<string> Arguments)? Loaded(string loader, IReadOnlyList<string> words)
    {
        for (int i = 1; i < words.Count; i++)
        {
            if (Named(Path.GetFileName(words[i])) is { } program)
                return (program, [loader, .. words.Skip(1).Take(i)], [.. words.Skip(i + 1)]);
        }

        return null;
    }

    // zabbix_agentd, and zabbix_agentd-7.0 or zabbix_agentd.real where several lie side by side; not zabbix_agentd.conf.
    private static AgentProgram? Named(string? file) => AgentProgram.All.FirstOrDefault(one =>
        file is not null && file.StartsWith(one.Name, StringComparison.Ordinal)
        && (file.Length == one.Name.Length || (file[one.Name.Length] is '-' or '.' or '_' && !file.EndsWith(".conf", StringComparison.Ordinal))));

    // Of any other name: what was given an agent's configuration and nothing that is not an agent's. An editor, a shell or sudo has other words.
    private static AgentProgram? Renamed(string[] arguments, string?[] names)
    {
        if (AgentCommandLine.Configuration(["", .. arguments]) is not { } configuration)
            return null;
        string file = Path.GetFileName(configuration);
        var program = AgentProgram.All.FirstOrDefault(one => file.StartsWith(one.Name, StringComparison.Ordinal) && file.EndsWith(".conf", StringComparison.Ordinal));
        bool staysInForeground = Array.Exists(arguments, IsForeground);
        bool isZabbix = Array.Exists(names, name => name?.Contains("zabbix", StringComparison.Ordinal) == true);
        bool hasAgentWordsOnly = Array.TrueForAll(arguments, word => IsForeground(word) || word is "-c" or "--config" or "-config" || word.EndsWith(configuration, StringComparison.Ordinal));
        return hasAgentWordsOnly && (staysInForeground || isZabbix) ? program : null;
    }

    private static bool IsForeground(string word) => word is "-f" or "--foreground" or "-foreground";

    private static bool IsLoader(string executable) =>
        Path.GetFileName(executable) is var file && (file.StartsWith("ld-", StringComparison.Ordinal) || file.StartsWith("ld.so", StringComparison.Ordinal));
}
