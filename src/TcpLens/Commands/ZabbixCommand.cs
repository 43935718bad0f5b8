using System.CommandLine;
using System.Text;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;
using TcpLens.Outputs.Zabbix;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix</c>: what a Zabbix agent calls.</summary>
internal static class ZabbixCommand
{
    private static readonly WordsArgument s_key = new("KEY", new("an item key, such as TIME_WAIT", "监控项键值，例如 TIME_WAIT"), ArgumentArity.ExactlyOne)
    {
        Values = [.. KeyNames.All],
    };

    public const string Name = "zabbix";

    /// <summary>The command without those below it, for an overview of all.</summary>
    public static DescribedCommand CreateBare() => new(Name, new("values for Zabbix: for its agents, or as one", "为 Zabbix 提供数值：供其 agent 使用，或自身作为 agent"));

    public static DescribedCommand Create(Surroundings around)
    {
        var zabbix = CreateBare();
        var get = new DescribedCommand("get", new("the value of one item key, alone on standard output", "在标准输出上只打印一个键的值"))
        {
            Details = new Phrase(
                "The keys are those of the netstat recipe: {0}; tcplens.states, one reading as JSON; tcplens.state[<state>,<lport>,<laddr>,<raddr>,<rport>,<netns>], one number, where what is left empty stands for anything; tcplens.findings, what the rules of the running resident monitor have found, as JSON; tcplens.ports.discovery and tcplens.netns.discovery for low-level discovery; tcplens.services, the services with the most sockets as JSON. Where something fails the answer is ZBX_NOTSUPPORTED with the reason, and the item becomes not supported: never a wrong number. CLOSE counts sockets that hold a local port without a connection; before Linux 6.8 the kernel cannot tell them, and the value is 0.",
                "与 netstat 配方同名的键：{0}；tcplens.states 以 JSON 给出一次读取；tcplens.state[<state>,<lport>,<laddr>,<raddr>,<rport>,<netns>] 给出一个数字，留空的参数表示不限；tcplens.findings 以 JSON 给出正在运行的常驻监控的诊断结果；tcplens.ports.discovery 与 tcplens.netns.discovery 用于低级别自动发现；tcplens.services 以 JSON 给出套接字最多的服务。出错时回答 ZBX_NOTSUPPORTED 及原因，监控项变为不支持状态，绝不给出错误的数字。CLOSE 统计占用本地端口而没有连接的套接字；Linux 6.8 之前内核无法得知，其值为 0。").With(string.Join(' ', RecipeKeys.All)),
            Examples = [new("UserParameter=TIME_WAIT,/usr/bin/tcplens zabbix get TIME_WAIT", new("a line for the agent's configuration", "写入 agent 配置的一行"))],
        };
        get.Add(s_key);
        get.SetAction(parsed => Get(parsed.GetValue(s_key)![0], around));
        zabbix.Add(get);
        var parameters = new DescribedCommand("userparameters", new("the lines for the agent's configuration", "打印写入 agent 配置的 UserParameter 行"));
        parameters.SetAction(parsed => PrintUserParameters(parsed, around));
        zabbix.Add(parameters);
        zabbix.Add(ZabbixPluginCommand.Create(around));
        zabbix.Add(ZabbixTemplateCommand.Create(around));
        zabbix.Add(ZabbixProvisionCommand.Create(around));
        zabbix.Add(ZabbixInstallCommand.Create(around));
        zabbix.Add(ZabbixCompareCommand.Create(around));
        zabbix.Add(ZabbixCheckCommand.Create(around));
        zabbix.Add(ZabbixAgentCommand.Create(around));
        zabbix.Add(ZabbixPushCommand.Create(around));
        return zabbix;
    }

    /// <summary>
    /// Answers <c>zabbix get KEY</c> without the command tree: an agent runs this command for every item, and half of its time would be the
    /// tree. <see langword="null"/> for any other command line.
    /// </summary>
    public static int? TryGetAtOnce(string[] arguments, Surroundings around)
    {
        if (arguments is not ["zabbix", "get", { Length: > 0 } key] || key[0] == '-')
            return null;
        try
        {
            return Get(key, around);
        }
        catch (Exception failure) when (failure is ClosedPipeException or SyscallException)
        {
            // The usual way knows what to say.
            return null;
        }
    }

    private static int Get(string key, Surroundings around)
    {
        var answer = around.Resident?.Key(key) ?? ZabbixKeys.Answer(key, around.Kernel, monitor: around.Resident?.Presence);
        around.Output.Write(Encoding.UTF8.GetBytes(answer.PlainText + "\n"));
        return answer.IsSupported ? ExitCode.Success : ExitCode.Failure;
    }

    private static int PrintUserParameters(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        session.Print(UserParameters.Render(Environment.ProcessPath ?? "tcplens", session.Language));
        return ExitCode.Success;
    }
}
