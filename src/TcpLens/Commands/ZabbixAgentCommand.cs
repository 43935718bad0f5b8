using TcpLens.CommandLine;
using TcpLens.Configuration;
using TcpLens.Core.Text;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix agent</c>: answers a Zabbix server in place of an agent, without the rest of the resident monitor.</summary>
internal static class ZabbixAgentCommand
{
    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("agent", new("be a Zabbix agent: answer checks, make active checks", "作为 Zabbix agent：应答检查，执行主动检查"))
        {
            Details = new Phrase(
                "For hosts without an agent of Zabbix, or beside it on another port. Answers passive checks of Zabbix 6.0 and newer, and makes active checks for the servers of --server-active; their values wait on disk while the server is away, each is stored by it once, in order. Keys: those of tcplens zabbix get, net.tcp.socket.count[...] and agent.ping, agent.version, agent.variant, agent.hostname, agent.hostmetadata. The kernel is read when somebody asks, at most once a second. tcplens serve does the same by its configuration, [zabbix_agent]. Runs in the foreground; SIGHUP reads the configuration anew.",
                "用于没有 Zabbix agent 的主机，或与其并存于另一端口。应答 Zabbix 6.0 及更新版本的被动检查，并为 --server-active 的 server 执行主动检查；server 不可用时数值保存在磁盘上，每个数值按顺序只入库一次。支持的键：tcplens zabbix get 的全部键、net.tcp.socket.count[...] 以及 agent.ping agent.version agent.variant agent.hostname agent.hostmetadata。仅在被询问时读取内核，每秒最多一次。tcplens serve 可通过配置节 [zabbix_agent] 完成同样的工作。在前台运行；SIGHUP 重新读取配置。"),
            Examples =
            [
                new("tcplens zabbix agent --listen '*:10050' --allow 192.0.2.10", new("answer the server at 192.0.2.10", "应答位于 192.0.2.10 的 server")),
                new("tcplens zabbix agent --server-active zabbix.example --hostname web1", new("a host behind NAT", "位于 NAT 之后的主机")),
                new("tcplens zabbix agent --config /etc/tcplens/agent.toml", new("by a file, with encryption for instance", "使用配置文件，例如启用加密")),
            ],
        };
        foreach (var option in ZabbixSettingFlags.Agent.All)
            command.Add(option);
        command.SetAction(parsed => ZabbixForeground.RunAsync(ZabbixSettingFlags.Agent, parsed, around, Part).GetAwaiter().GetResult());
        return command;
    }

    private static Settings Part(Settings settings) => settings.ZabbixAgent.Listen.Length + settings.ZabbixAgent.Servers.Length > 0
        ? settings with { ZabbixPush = new ZabbixPushSettings() }
        : throw new UsageException(new Phrase(
            "nothing to do: give --listen ADDRESS:PORT and --allow LIST to answer checks, or --server-active LIST to make active ones",
            "没有可做的事：用 --listen ADDRESS:PORT 与 --allow LIST 应答检查，或用 --server-active LIST 执行主动检查"));
}
