using TcpLens.Core.Text;
using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Agents;

/// <summary>Names an agent to people.</summary>
internal static class AgentWords
{
    public static Phrase Title(FoundAgent agent)
    {
        var state = (agent.ProcessId, agent.User) switch
        {
            ({ } process, { } user) => new Phrase(" (runs as {0}, pid {1})", "（以用户 {0} 运行，进程号 {1}）").With(user.Name, process),
            ({ } process, null) => new Phrase(" (runs, pid {0})", "（运行中，进程号 {0}）").With(process),
            _ => new Phrase(" (does not run)", "（未运行）"),
        };
        return Phrase.Same(agent.Program.Name).Then(state);
    }

    /// <summary>There is no agent on this host, or none at the file that was named.</summary>
    public static Phrase None(IReadOnlyList<AgentProgram> programs) => new Phrase(
        "no Zabbix agent found: none of {0} runs, and there is no {1}; name the configuration: --config FILE",
        "未找到 Zabbix agent：{0} 均未运行，也没有 {1}；请用 --config FILE 指定配置文件").With(
            string.Join(", ", programs.Select(program => program.Name)),
            string.Join(", ", programs.Select(program => program.UsualConfigurations[0])));
}
