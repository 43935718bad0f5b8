using System.CommandLine;
using TcpLens.Agents;
using TcpLens.CommandLine;
using TcpLens.Core.Text;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix check</c>: everything between this host's agents and the right value.</summary>
internal static class ZabbixCheckCommand
{
    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("check", new("test this host's Zabbix agents from Include to value", "检查本机 Zabbix agent：从 Include 到数值"))
        {
            Details = new(
                "Tests each agent: whether it runs and as whom, whether its configuration can be read and takes in the keys, whether a key is defined twice or still comes from netstat, whether its user can run this program, and asks every key through the agent's own -t as that user. Below each problem stands what mends it. Exit code 1 when there is a problem. Needs root to become the agent's user.",
                "逐项检查每个 agent：是否运行及运行用户、配置能否读取并引入监控项键、键是否重复或仍来自 netstat、该用户能否运行本程序，并以该用户通过 agent 自身的 -t 查询每个键。每个问题下方给出解决办法。发现问题时退出码为 1。切换到 agent 用户需要 root。"),
            Examples = [new("tcplens zabbix check --config /etc/zabbix/zabbix_agent2.conf", new("one agent only", "只检查一个 agent"))],
        };
        foreach (var option in new Option[] { ZabbixAgentOptions.Agent, ZabbixAgentOptions.Config })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around, new AgentHost()));
        return command;
    }

    internal static int Run(ParseResult parsed, Surroundings around, AgentHost host)
    {
        var session = Session.Of(parsed, around);
        var agents = ZabbixAgentOptions.Find(host, parsed.GetValue(ZabbixAgentOptions.Agent), parsed.GetValue(ZabbixAgentOptions.Config));
        var parts = new List<(Phrase Title, IReadOnlyList<CheckLine> Lines)>();
        foreach (var agent in agents)
            parts.Add((AgentWords.Title(agent), [.. new AgentCheck(host, agent).Lines()]));
        parts.Add((new Phrase("host", "主机"), [.. HostCheck.Lines(host)]));
        session.Print(CheckPage.Render(parts, session.Language, session.Columns));
        return parts.Exists(part => part.Lines.Any(line => line.Verdict == CheckVerdict.Problem)) ? ExitCode.Failure : ExitCode.Success;
    }
}
