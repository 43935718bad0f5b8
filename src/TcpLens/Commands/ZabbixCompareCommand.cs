using System.CommandLine;
using TcpLens.Agents;
using TcpLens.CommandLine;
using TcpLens.Core.Text;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix compare</c>: the netstat recipe and the right values side by side.</summary>
internal static class ZabbixCompareCommand
{
    private static readonly SwitchOption s_json = new("--json", new("as JSON", "以 JSON 输出"));

    private static readonly ValueOption s_as = new("--as", "USER", new("run both as this user, such as the agent's (needs root)", "以该用户（例如 agent 的用户）运行两者（需要 root）"));

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("compare", new("the netstat recipe beside these keys: what will change", "对比 netstat 配方与这些键：会有什么变化"))
        {
            Details = new(
                "Runs \"netstat -ntup | grep KEY -c\" for each of the eleven keys, and this program directly after it, and says what makes each difference. Nothing is changed. Runs as you; netstat -p shows other users' programs to root alone and warns everybody else, so --as zabbix shows what the agent gets.",
                "对十一个键逐一运行“netstat -ntup | grep KEY -c”，紧接着运行本程序，并说明差异的原因。不做任何改动。默认以当前用户运行；netstat -p 只向 root 显示其他用户的程序，对其他用户则给出警告，因此可用 --as zabbix 查看 agent 实际得到的结果。"),
            Examples =
            [
                new("tcplens zabbix compare --as zabbix", new("what the agent gets today, and what it will get", "agent 现在得到什么，切换后得到什么")),
                new("tcplens lab close_wait=7 listen=3 -- tcplens zabbix compare", new("the recipe's errors on known sockets", "用已知的套接字观察配方的错误")),
            ],
        };
        command.Add(s_as);
        command.Add(s_json);
        command.SetAction(parsed => Run(parsed, around, new AgentHost()));
        return command;
    }

    internal static int Run(ParseResult parsed, Surroundings around, AgentHost host)
    {
        var session = Session.Of(parsed, around);
        var comparison = RecipeComparison.Make(host, around.Environment("PATH"), parsed.GetValue(s_as) is { } name ? User(host, name) : null);
        if (parsed.GetValue(s_json))
            session.Print(output => ComparisonJson.Write(comparison, output));
        else
            session.Print(ComparisonPage.Render(comparison, session.Language, session.Columns));
        return ExitCode.Success;
    }

    private static UserAccount User(AgentHost host, string name)
    {
        if (!host.IsRoot)
            throw new FailureException(new Phrase("only root can run something as {0}: sudo tcplens zabbix compare --as {0}", "只有 root 能以 {0} 的身份运行程序：sudo tcplens zabbix compare --as {0}").With(name));
        return UserAccount.Named(host, name) ?? throw new FailureException(new Phrase("there is no user {0} on this host", "本机没有用户 {0}").With(name));
    }
}
