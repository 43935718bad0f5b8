using System.Globalization;
using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Agents;

/// <summary>Finds the agents of this host: first those that run, then configurations in the usual places. Agents in containers are left to their containers.</summary>
internal sealed class AgentFinder(AgentHost host)
{
    private static readonly string[] s_programDirectories = ["/usr/sbin", "/usr/local/sbin"];

    /// <summary>The agents, those that run first.</summary>
    /// <param name="programs">Which of the agents to look for.</param>
    /// <param name="configuration">Only the agent with this main file; <see langword="null"/> for all.</param>
    public IReadOnlyList<FoundAgent> Find(IReadOnlyList<AgentProgram> programs, string? configuration)
    {
        var found = new List<FoundAgent>();
        foreach (var agent in Running().Where(agent => programs.Contains(agent.Program)))
        {
            if (!found.Exists(other => other.Configuration == agent.Configuration))
                found.Add(agent);
        }

        if (configuration is not null)
            return found.FindAll(agent => agent.Configuration == configuration) is { Count: > 0 } matching ? matching : [Resting(ProgramOf(configuration, programs), configuration)];
        foreach (var program in programs.Where(program => !found.Exists(agent => agent.Program == program)))
        {
            if (program.UsualConfigurations.FirstOrDefault(path => File.Exists(host.At(path))) is { } path)
                found.Add(Resting(program, path));
        }

        return found;
    }

    private IEnumerable<FoundAgent> Running()
    {
        string? ownProcesses = host.ReadLink("/proc/self/ns/pid");
        string? ownNetwork = host.ReadLink("/proc/self/ns/net");
        foreach (int process in Processes())
        {
            string proc = $"/proc/{process}";
            string[] words = (host.ReadFile(proc + "/cmdline") ?? "").TrimEnd('\0').Split('\0');
            // What has ended and was not waited for has no command line; the classic agent's children rewrite theirs into one word of prose.
            if (words[0].Length == 0 || words[0].Contains(": ", StringComparison.Ordinal))
                continue;
            string? executable = WithoutDeleted(host.ReadLink(proc + "/exe"));
            if (AgentProcess.Recognise(host.ReadFile(proc + "/comm")?.TrimEnd('\n'), executable, words) is not var (program, command, arguments))
                continue;
            if (ownProcesses is not null && host.ReadLink(proc + "/ns/pid") is { } theirs && theirs != ownProcesses)
                continue;
            string directory = host.ReadLink(proc + "/cwd") ?? "/";
            yield return new FoundAgent
            {
                Program = program,
                Configuration = Path.GetFullPath(AgentCommandLine.Configuration(["", .. arguments]) ?? DefaultOf(program), directory),
                ProcessId = process,
                Command = command,
                WorkingDirectory = directory,
                User = UserAccount.OfProcess(host, host.ReadFile(proc + "/status") ?? ""),
                SharesNetwork = ownNetwork is null || host.ReadLink(proc + "/ns/net") is not { } network || network == ownNetwork,
                SecurityContext = host.ReadFile(proc + "/attr/current")?.TrimEnd('\0', '\n'),
            };
        }
    }

    private IEnumerable<int> Processes() => Directory.Exists(host.At("/proc"))
        ? Directory.EnumerateDirectories(host.At("/proc"))
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
            .Where(number => number > 0)
            .Order()
        : [];

    private FoundAgent Resting(AgentProgram program, string configuration)
    {
        string full = Path.GetFullPath(configuration);
        var settings = new AgentSettingsReader(program, host.Root).Read(full);
        return new FoundAgent
        {
            Program = program,
            Configuration = full,
            Command = [s_programDirectories.Select(directory => $"{directory}/{program.Name}").FirstOrDefault(path => File.Exists(host.At(path))) ?? program.Name],
            User = UserAccount.Named(host, settings.Value("User") ?? UserAccount.DefaultName),
        };
    }

    // A package that was upgraded under the running agent leaves this behind the path.
    private static string? WithoutDeleted(string? executable) =>
        executable?.EndsWith(" (deleted)", StringComparison.Ordinal) == true ? executable[..^" (deleted)".Length] : executable;

    private string DefaultOf(AgentProgram program) => program.UsualConfigurations.FirstOrDefault(path => File.Exists(host.At(path))) ?? program.UsualConfigurations[0];

    // A file that says nothing about its agent by its name is read as the classic agent's, whose rules agent 2 shares but for relative paths.
    private static AgentProgram ProgramOf(string configuration, IReadOnlyList<AgentProgram> programs) =>
        programs.Count == 1 ? programs[0]
        : Path.GetFileName(configuration).Contains("agent2", StringComparison.Ordinal) ? AgentProgram.Agent2
        : AgentProgram.Agentd;
}
