using TcpLens.Agents;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Commands;

/// <summary>Which agents of the host a command is about.</summary>
internal static class ZabbixAgentOptions
{
    private const string All = "all";

    public static ValueOption Agent { get; } = new("--agent", "AGENT", new("agentd, agent2 or all (default: all)", "agentd、agent2 或 all（默认 all）"))
    {
        Values = [.. AgentProgram.All.Select(program => program.Choice), All],
    };

    public static ValueOption Config { get; } = new("--config", "FILE", new("the agent's main configuration file (default: found)", "agent 的主配置文件（默认自动查找）"));

    /// <summary>The agents that were asked for; at least one.</summary>
    /// <exception cref="FailureException">There is none.</exception>
    public static IReadOnlyList<FoundAgent> Find(AgentHost host, string? agent, string? configuration)
    {
        IReadOnlyList<AgentProgram> programs = agent is null or All ? AgentProgram.All : [.. AgentProgram.All.Where(program => program.Choice == agent)];
        if (programs.Count == 0)
            throw UsageException.Unknown(new Phrase("agent", "agent"), agent!, Agent.Values);
        if (configuration is not null)
        {
            configuration = Path.GetFullPath(configuration);
            if (!File.Exists(host.At(configuration)))
                throw new FailureException(new Phrase("{0} does not exist", "{0} 不存在").With(configuration));
        }

        var found = new AgentFinder(host).Find(programs, configuration);
        return found.Count > 0 ? found : throw new FailureException(AgentWords.None(programs));
    }
}
