using System.Diagnostics;
using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.Outputs.Zabbix;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>The program as a loadable plugin of a real agent 2 of 7.0, which runs as nobody and is told the program's path alone.</summary>
public sealed class PluginOnAgent2(Servers servers)
{
    private const string Line = "Plugins.TcpLens.System.Path=/usr/bin/tcplens";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // A poll is a connection from and to 198.18.0.0/15 and leaves these alone.
    private static readonly string[] s_counts =
    [
        "tcplens.state[established,,10.0.0.0/8]", "tcplens.state[time_wait,,fd00::/64,,443]", "tcplens.state[close_wait]", "tcplens.state[listen,902]", "tcplens.state[syn_recv,,,10.2.0.0/15]",
        "tcplens.state[close]", "tcplens.ports.discovery",
    ];

    [Fact]
    public void Every_key_through_the_plugin_tells_what_the_command_tells()
    {
        var server = ZabbixServer.Of(servers, "7.0");
        Require.Kernel(6, 8, "older kernels do not tell bound sockets");
        using var site = new Site();
        const string Agent = "plugin-keys";
        int port = server.StartAgent("agent2", Agent, site.ProcessId, [Line]).Port;
        try
        {
            foreach (var info in TcpStates.All)
            {
                // The agent's own listener, and the poll that asks or asked within the same second.
                long expected = site[info.State] + (info.State is TcpState.Listen or TcpState.Established ? 1 : 0);
                long value = long.Parse(server.Get(Agent, info.Linux));
                if (info.State == TcpState.TimeWait)
                    Assert.InRange(value, expected, expected + site.PollsInTimeWait(port));
                else
                    Assert.Equal($"{info.Linux} {expected}", $"{info.Linux} {value}");
            }

            Assert.All(s_counts, key => Assert.Equal($"{key} {Command(server, Agent, key)}", $"{key} {server.Get(Agent, key)}"));
            using var through = JsonDocument.Parse(server.Get(Agent, KeyNames.States));
            using var beside = JsonDocument.Parse(Command(server, Agent, KeyNames.States));
            Assert.Equal(Names(beside.RootElement), Names(through.RootElement), StringComparer.Ordinal);
            foreach (var info in TcpStates.All.Where(info => info.State is not (TcpState.Established or TcpState.TimeWait)))
                Assert.Equal(StateOf(beside, info), StateOf(through, info));
            Assert.Contains("{#NETNS}", server.Get(Agent, KeyNames.Namespaces));
            Assert.Equal("Parameter 1 (state) is not understood: nosuch.", server.Said(Agent, "tcplens.state[nosuch]"));
        }
        finally
        {
            server.StopAgent(Agent);
        }
    }

    [Fact]
    public void Stopped_restarted_or_killed_the_agent_leaves_no_process_behind()
    {
        var server = ZabbixServer.Of(servers, "7.0");
        const string Agent = "plugin-restart";
        try
        {
            for (int i = 0; i < 3; i++)
            {
                server.StartAgent("agent2", Agent, null, [Line]);
                Assert.True(long.Parse(server.Get(Agent, "LISTEN")) > 0);
                Assert.Single(Plugins(Agent));
                server.StopAgent(Agent);
                Await(() => !Plugins(Agent).Any(), "the plugin ends with its agent");
            }

            server.StartAgent("agent2", Agent, null, [Line]);
            server.Get(Agent, "LISTEN");
            using (var agent = Process.GetProcessById(server.ProcessOf(Agent)))
                agent.Kill();
            Await(() => !Plugins(Agent).Any(), "the plugin ends when its agent is killed");
        }
        finally
        {
            server.StopAgent(Agent);
        }
    }

    [Fact]
    public void Signals_to_the_plugin_and_a_monitor_that_dies_cost_the_agent_nothing()
    {
        var server = ZabbixServer.Of(servers, "7.0");
        const string Agent = "plugin-survives", Socket = "/lab/run/monitor.sock";
        server.StartAgent("agent2", Agent, null, [Line, $"Plugins.TcpLens.Socket={Socket}"]);
        try
        {
            int process = server.ProcessOf(Agent);
            Assert.True(long.Parse(server.Get(Agent, "LISTEN")) > 0);
            Outcome.Of(s_patience, new Dictionary<string, string>(StringComparer.Ordinal), "kill", ["-TERM", .. Plugins(Agent)]).Good();
            Outcome.Of(s_patience, new Dictionary<string, string>(StringComparer.Ordinal), "kill", ["-INT", .. Plugins(Agent)]).Good();
            Assert.True(long.Parse(server.Get(Agent, "LISTEN")) > 0);

            // timeout(1) kills the monitor after a while; as nobody, it is one that the plugin trusts.
            var monitor = Task.Run(
                () => server.Beside(Agent, asRoot: false, "timeout", "--signal=KILL", "4", "tcplens", "serve", "--no-web", "--no-history", "--socket", Socket),
                TestContext.Current.CancellationToken);
            while (!monitor.IsCompleted)
                Assert.True(long.Parse(server.Get(Agent, "LISTEN")) > 0);
            for (int i = 0; i < 5; i++)
                Assert.True(long.Parse(server.Get(Agent, "LISTEN")) > 0);
            Assert.Equal(process, server.ProcessOf(Agent));
            Assert.Single(Plugins(Agent));
        }
        finally
        {
            server.StopAgent(Agent);
        }
    }

    [Fact]
    public void An_unknown_option_is_named_when_the_agent_starts()
    {
        var server = ZabbixServer.Of(servers, "7.0");
        const string Agent = "plugin-option";
        try
        {
            var failure = Record.Exception(() => server.StartAgent("agent2", Agent, null, [Line, "Plugins.TcpLens.Sokcet=/run/x"]));
            Assert.Contains("unknown option of TcpLens: Sokcet (known: Socket)", failure?.Message);
        }
        finally
        {
            server.StopAgent(Agent);
        }
    }

    private static string Command(ZabbixServer server, string agent, string key) =>
        server.Beside(agent, asRoot: false, "tcplens", "zabbix", "get", key).Good().TrimEnd('\n');

    private static IEnumerable<string> Names(JsonElement document) => document.EnumerateObject().Select(one => one.Name);

    private static string StateOf(JsonDocument document, TcpStateInfo info) => $"{info.Name} {document.RootElement.GetProperty("states").GetProperty(info.Name)}";

    /// <summary>The plugins that the agent has started and that live.</summary>
    private static IEnumerable<string> Plugins(string agent) => Directory.EnumerateDirectories("/proc")
        .Where(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0]) && CommandLine(directory).StartsWith($"/usr/bin/tcplens\0/lab/run/{agent}.plugin\0", StringComparison.Ordinal))
        .Select(directory => Path.GetFileName(directory));

    private static string CommandLine(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "cmdline"));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    private static void Await(Func<bool> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < s_patience, what);
            Thread.Sleep(50);
        }
    }
}
