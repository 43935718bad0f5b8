using System.CommandLine;
using TcpLens.Agents;
using TcpLens.CommandLine;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix compare</c>: the netstat recipe and the right values side by side.</summary>
internal static class ZabbixCompareCommand
{
    private static readonly SwitchOption s_json = new("--json", new("as JSON", "以 JSON 输出"));

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("compare", new("the netstat recipe beside these keys: what will change", "对比 netstat 配方与这些键：会有什么变化"))
        {
            Details = new(
                "Runs \"netstat -ntup | grep KEY -c\" for each of the eleven keys, and this program directly after it, and says what makes each difference. Nothing is changed. Runs as you; as the agent's user: runuser -u zabbix -- tcplens zabbix compare.",
                "对十一个键逐一运行“netstat -ntup | grep KEY -c”，紧接着运行本程序，并说明差异的原因。不做任何改动。以当前用户运行；如需以 agent 用户运行：runuser -u zabbix -- tcplens zabbix compare。"),
            Examples = [new("tcplens lab close_wait=7 listen=3 -- tcplens zabbix compare", new("the recipe's errors on known sockets", "用已知的套接字观察配方的错误"))],
        };
        command.Add(s_json);
        command.SetAction(parsed => Run(parsed, around, new AgentHost()));
        return command;
    }

    internal static int Run(ParseResult parsed, Surroundings around, AgentHost host)
    {
        var session = Session.Of(parsed, around);
        var comparison = RecipeComparison.Make(host, around.Environment("PATH"));
        if (parsed.GetValue(s_json))
            session.Print(output => ComparisonJson.Write(comparison, output));
        else
            session.Print(ComparisonPage.Render(comparison, session.Language, session.Columns));
        return ExitCode.Success;
    }
}
