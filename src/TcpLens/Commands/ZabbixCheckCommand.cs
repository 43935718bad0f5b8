using System.CommandLine;
using TcpLens.Agents;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Zabbix.AgentConfiguration;
using TcpLens.Zabbix.Api;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix check</c>: everything between this host's agents and the right value.</summary>
internal static class ZabbixCheckCommand
{
    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("check", new("test this host's Zabbix agents from Include to value", "检查本机 Zabbix agent：从 Include 到数值"))
        {
            Details = new(
                "Tests each agent: whether it runs and as whom, whether its configuration can be read and takes in the keys, whether a key is defined twice or still comes from netstat, whether its user can run this program, and asks every key through the agent's own -t as that user. Below each problem stands what mends it. Exit code 1 when there is a problem. Needs root to become the agent's user. With --url and --host it also asks the server: whether the host is monitored, its interface answers, each item is supported, and how old the last value is; on a machine without an agent that part alone.",
                "逐项检查每个 agent：是否运行及运行用户、配置能否读取并引入监控项键、键是否重复或仍来自 netstat、该用户能否运行本程序，并以该用户通过 agent 自身的 -t 查询每个键。每个问题下方给出解决办法。发现问题时退出码为 1。切换到 agent 用户需要 root。加上 --url 和 --host 时还会查询 server：主机是否被监控、接口是否可达、各监控项是否受支持以及最新数值的时间；在没有 agent 的机器上只执行这一部分。"),
            Examples =
            [
                new("tcplens zabbix check --config /etc/zabbix/zabbix_agent2.conf", new("one agent only", "只检查一个 agent")),
                new("tcplens zabbix check --url https://zabbix.example/ --host web1", new("and what the server has of web1", "同时检查 server 上的 web1")),
            ],
        };
        foreach (var option in new Option[] { ZabbixAgentOptions.Agent, ZabbixAgentOptions.Config, ZabbixApiOptions.Url, ZabbixApiOptions.Token, ZabbixApiOptions.TokenFile, ZabbixApiOptions.Host })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around, new AgentHost()));
        return command;
    }

    internal static int Run(ParseResult parsed, Surroundings around, AgentHost host)
    {
        var session = Session.Of(parsed, around);
        var server = ServerOf(parsed, around);
        var parts = new List<(Phrase Title, IReadOnlyList<CheckLine> Lines)>();
        foreach (var agent in Agents(parsed, host, mayBeNone: server is not null))
            parts.Add((AgentWords.Title(agent), [.. new AgentCheck(host, agent).Lines()]));
        if (parts.Count > 0)
            parts.Add((new Phrase("host", "主机"), [.. HostCheck.Lines(host)]));
        if (server is var (url, token, name))
            parts.Add((new Phrase("server {0}", "server {0}").With(url), ServerLines(url, token, name)));
        session.Print(CheckPage.Render(parts, session.Language, session.Columns));
        return parts.Exists(part => part.Lines.Any(line => line.Verdict == CheckVerdict.Problem)) ? ExitCode.Failure : ExitCode.Success;
    }

    private static (Uri Url, string Token, string Host)? ServerOf(ParseResult parsed, Surroundings around) =>
        parsed.GetValue(ZabbixApiOptions.Url) is null && parsed.GetValue(ZabbixApiOptions.Host) is null
            ? null
            : (ZabbixApiOptions.RequiredUrl(parsed), ZabbixApiOptions.RequiredToken(parsed, around), ZabbixApiOptions.Required(parsed, ZabbixApiOptions.Host));

    // The server may be asked from anywhere; whoever names an agent wants to hear of that one.
    private static IReadOnlyList<FoundAgent> Agents(ParseResult parsed, AgentHost host, bool mayBeNone)
    {
        string? agent = parsed.GetValue(ZabbixAgentOptions.Agent);
        string? configuration = parsed.GetValue(ZabbixAgentOptions.Config);
        return mayBeNone && agent is null && configuration is null
            ? new AgentFinder(host).Find(AgentProgram.All, null)
            : ZabbixAgentOptions.Find(host, agent, configuration);
    }

    private static IReadOnlyList<CheckLine> ServerLines(Uri url, string token, string name)
    {
        try
        {
            using var api = ZabbixApiOptions.Connect(url, token);
            return [.. new ServerCheck(name, new ServedHostReader(api).Find(name), TimeProvider.System.GetUtcNow()).Lines()];
        }
        catch (ZabbixApiException failure)
        {
            return [CheckLine.Problem(ApiTroubleText.Of(failure, url), new Phrase("then run this again", "然后重新运行本命令"))];
        }
    }
}
