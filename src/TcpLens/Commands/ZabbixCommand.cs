using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Reading;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix</c>: what a Zabbix agent calls.</summary>
internal static class ZabbixCommand
{
    private static readonly WordsArgument s_key = new("KEY", new("an item key, such as TIME_WAIT", "监控项键值，例如 TIME_WAIT"), ArgumentArity.ExactlyOne)
    {
        Values = [.. RecipeKeys.All],
    };

    public static DescribedCommand Create(Surroundings around)
    {
        var zabbix = new DescribedCommand("zabbix", new("values for a Zabbix agent", "为 Zabbix agent 提供数值"));
        var get = new DescribedCommand("get", new("the value of one item key, alone on standard output", "在标准输出上只打印一个键的值"))
        {
            Details = new Phrase(
                "The keys are those of the netstat recipe: {0}. Where something fails the answer is ZBX_NOTSUPPORTED with the reason, and the item becomes not supported: never a wrong number. CLOSE counts sockets that hold a local port without a connection; before Linux 6.8 the kernel cannot tell them, and the value is 0.",
                "键名与 netstat 配方相同：{0}。出错时回答 ZBX_NOTSUPPORTED 及原因，监控项变为不支持状态，绝不给出错误的数字。CLOSE 统计占用本地端口而没有连接的套接字；Linux 6.8 之前内核无法得知，其值为 0。").With(string.Join(' ', RecipeKeys.All)),
            Examples = [new("UserParameter=TIME_WAIT,/usr/bin/tcplens zabbix get TIME_WAIT", new("a line for the agent's configuration", "写入 agent 配置的一行"))],
        };
        get.Add(s_key);
        get.SetAction(parsed => Get(parsed, around));
        zabbix.Add(get);
        zabbix.Add(ZabbixInstallCommand.Create(around));
        zabbix.Add(ZabbixCompareCommand.Create(around));
        zabbix.Add(ZabbixCheckCommand.Create(around));
        return zabbix;
    }

    private static int Get(ParseResult parsed, Surroundings around)
    {
        var answer = Answer(parsed.GetValue(s_key)![0], around.Kernel);
        Session.Of(parsed, around).Print(answer.Text + "\n");
        return answer.IsSupported ? ExitCode.Success : ExitCode.Failure;
    }

    private static AgentAnswer Answer(string text, IKernel kernel)
    {
        if (!ItemKey.TryParse(text, out var key))
            return AgentAnswer.NotSupported("Invalid item key format.");
        if (!RecipeKeys.IsKnown(key.Name))
            return RecipeKeys.Unknown(key.Name);
        try
        {
            return RecipeKeys.Answer(key, kernel.Read(null, SourceChoice.Auto).Whole!.Counts);
        }
        catch (SourceUnavailableException unavailable)
        {
            return AgentAnswer.NotSupported(unavailable.Message);
        }
    }
}
