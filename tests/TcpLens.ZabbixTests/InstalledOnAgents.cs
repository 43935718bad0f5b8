using System.Diagnostics;
using TcpLens.Core.Model;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary><c>tcplens zabbix install</c>, <c>check</c> and <c>install --uninstall</c> on the running agents of both versions.</summary>
public sealed class InstalledOnAgents(Servers servers)
{
    private const string Foreign = "# the site's own\nUserParameter=site.own,echo 42\n";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("6.0", "agentd", "zabbix_agentd")]
    [InlineData("6.0", "agent2", "zabbix_agent2")]
    [InlineData("7.0", "agentd", "zabbix_agentd")]
    [InlineData("7.0", "agent2", "zabbix_agent2")]
    public void The_keys_come_with_the_drop_in_and_go_with_it_and_foreign_lines_stay(string version, string kind, string program)
    {
        var server = ZabbixServer.Of(servers, version);
        using var site = new Site();
        string agent = "install-" + kind, configuration = $"/lab/agents/{agent}.conf", directory = $"/lab/agents/{agent}.d";
        server.StartAgent(kind, agent, site.ProcessId, Foreign.TrimEnd('\n').Split('\n'));
        try
        {
            Assert.False(server.Knows(agent, "SYN_SENT"));
            // The lab has given the file the name that TcpLens takes.
            Root("mv", $"{directory}/tcplens.conf", $"{directory}/site.conf");
            string[] only = ["--config", configuration, "--lang", "en"];

            string dryRun = Root("tcplens", ["zabbix", "install", "--dry-run", .. only]);
            Assert.Contains($"{directory}/tcplens.conf", dryRun);
            Assert.Equal("site.conf\n", Root("ls", directory));

            string installed = Root("tcplens", ["zabbix", "install", .. only]);
            Assert.Contains("runs as nobody", installed);
            Assert.Contains($"{directory}/tcplens.conf", installed);
            string[] reload = [program, "-c", configuration, "-R", "userparameter_reload"];
            Assert.Contains(string.Join(' ', reload), installed);
            User(reload[0], reload[1..]);
            Await(() => server.Knows(agent, "SYN_SENT"));
            Assert.Equal($"{site[TcpState.SynSent]}", server.Get(agent, "SYN_SENT"));
            Assert.Contains("unchanged:", Root("tcplens", ["zabbix", "install", .. only]));

            string check = User("tcplens", ["zabbix", "check", .. only]);
            Assert.Contains($"16 keys answer through {program} -t as nobody", check);
            Assert.Contains($"{program} runs, pid ", check);
            Assert.Contains($"LAST_ACK {site[TcpState.LastAck]}", string.Join(' ', check.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)));

            Assert.Contains("removed:", Root("tcplens", ["zabbix", "install", "--uninstall", .. only]));
            User(reload[0], reload[1..]);
            Await(() => !server.Knows(agent, "SYN_SENT"));
            Assert.Equal("42", server.Get(agent, "site.own"));
            Assert.Equal("site.conf\n", Root("ls", directory));
            Assert.Equal(Foreign, Root("cat", $"{directory}/site.conf"));
        }
        finally
        {
            server.StopAgent(agent);
        }

        string Root(string command, params IEnumerable<string> arguments) => server.Beside(agent, asRoot: true, [command, .. arguments]).Good();

        string User(string command, params IEnumerable<string> arguments) => server.Beside(agent, asRoot: false, [command, .. arguments]).Good();
    }

    private static void Await(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < s_patience, "the agent has not taken over its new configuration");
            Thread.Sleep(100);
        }
    }
}
