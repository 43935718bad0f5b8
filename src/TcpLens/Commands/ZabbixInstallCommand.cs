using System.CommandLine;
using TcpLens.Agents;
using TcpLens.CommandLine;
using TcpLens.Core.Text;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix install</c>: the keys into the configuration of this host's agents.</summary>
internal static class ZabbixInstallCommand
{
    private static readonly SwitchOption s_dryRun = new("--dry-run", new("show what would be done, write nothing", "只显示将要做什么，不写入"), "-n");
    private static readonly SwitchOption s_uninstall = new("--uninstall", new("remove the file that install wrote", "删除 install 写入的文件"));
    private static readonly SwitchOption s_skipExisting = new("--skip-existing", new("leave out keys that are defined elsewhere", "略过已在别处定义的键"));

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("install", new("give the keys to this host's Zabbix agents", "为本机的 Zabbix agent 配置监控项键"))
        {
            Details = new(
                "Writes one file, tcplens.conf, into the directory that the agent's own Include= line names, and touches no other file. Where a key is defined elsewhere (the netstat recipe) nothing is written, and the lines to remove are named. Doing it again changes nothing. Needs root.",
                "只写一个文件 tcplens.conf，放在 agent 自身 Include= 行指定的目录中，不改动任何其他文件。若某个键已在别处定义（例如 netstat 配方），则不写入，并指出要删除的行。重复执行不会产生变化。需要 root。"),
            Examples =
            [
                new("tcplens zabbix install --dry-run", new("what would be written, and where", "查看将写入的内容和位置")),
                new("tcplens zabbix install --agent agent2", new("for agent 2 only", "只配置 agent 2")),
                new("tcplens zabbix install --uninstall", new("take it out again", "撤销安装")),
            ],
        };
        foreach (var option in new Option[] { s_dryRun, s_uninstall, s_skipExisting, ZabbixAgentOptions.Agent, ZabbixAgentOptions.Config })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around, new AgentHost()));
        return command;
    }

    internal static int Run(ParseResult parsed, Surroundings around, AgentHost host)
    {
        var session = Session.Of(parsed, around);
        var agents = ZabbixAgentOptions.Find(host, parsed.GetValue(ZabbixAgentOptions.Agent), parsed.GetValue(ZabbixAgentOptions.Config));
        var installer = new Installer(host);
        bool dryRun = parsed.GetValue(s_dryRun);
        var results = new List<InstallResult>();
        foreach (var agent in agents)
        {
            try
            {
                results.Add(parsed.GetValue(s_uninstall) ? installer.Uninstall(agent, dryRun) : installer.Install(agent, parsed.GetValue(s_skipExisting), dryRun));
            }
            catch (UnauthorizedAccessException)
            {
                throw new FailureException(new Phrase(
                    "writing beside {0} needs root: sudo tcplens zabbix install (or --dry-run to look only)",
                    "写入 {0} 所在目录需要 root：sudo tcplens zabbix install（或用 --dry-run 只看不写）").With(agent.Configuration));
            }
            catch (IOException failure)
            {
                throw new FailureException(new Phrase("cannot write: {0}", "无法写入：{0}").With(failure.Message));
            }
        }

        session.Print(InstallPage.Render(results, host.Binary, session.Language, session.Columns));
        return results.Exists(result => result.IsRefusal) ? ExitCode.Failure : ExitCode.Success;
    }
}
