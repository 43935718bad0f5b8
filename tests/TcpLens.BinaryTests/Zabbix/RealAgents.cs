using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests.Zabbix;

/// <summary>Install, reload, check and compare against Debian's own agents as user nobody, with known sockets.</summary>
public sealed class RealAgents
{
    private static readonly string[] s_wanted = ["established=6", "syn_sent=5", "fin_wait2=4", "close_wait=7", "time_wait=9", "last_ack=2", "closing=1"];

    [Theory]
    [InlineData("zabbix_agentd")]
    [InlineData("zabbix_agent2")]
    public void Installed_and_reloaded_the_running_agent_answers_with_the_numbers_of_the_lab(string name)
    {
        using var agent = new RealAgent(name);
        agent.Start(s_wanted);
        Assert.StartsWith("ZBX_NOTSUPPORTED", agent.Get("TIME_WAIT"), StringComparison.Ordinal);

        var installed = Program(agent, "install", "--config", agent.Configuration);
        Assert.True(installed.ExitCode == 0, installed.Output + installed.Error);
        Assert.Contains("runs as nobody", installed.Output, StringComparison.Ordinal);
        Assert.Contains($"{name} -c {agent.Configuration} -R userparameter_reload", installed.Output, StringComparison.Ordinal);
        agent.Reload("TIME_WAIT");

        // The poll itself is one connection, both ends of it in this namespace, and the agent listens. What has ended long ago is in no state.
        Assert.Equal("5", agent.Get("SYN_SENT"));
        Assert.Equal("4", agent.Get("FIN_WAIT2"));
        Assert.Equal("7", agent.Get("CLOSE_WAIT"));
        Assert.Equal("9", agent.Get("TIME_WAIT"));
        Assert.Equal("2", agent.Get("LAST_ACK"));
        Assert.Equal("1", agent.Get("CLOSING"));
        Assert.Equal("0", agent.Get("SYN_RECV"));
        Assert.Equal("0", agent.Get("FIN_WAIT1"));
        Assert.Equal("1", agent.Get("LISTEN"));
        Assert.Equal((6 + 2).ToString(), agent.Get("ESTABLISHED"));

        Assert.Contains("unchanged:", Program(agent, "install", "--config", agent.Configuration).Output, StringComparison.Ordinal);
        var checkedWell = Program(agent, "check", "--config", agent.Configuration);
        Assert.True(checkedWell.ExitCode == 0, checkedWell.Output + checkedWell.Error);
        Assert.Contains("16 keys answer through", checkedWell.Output, StringComparison.Ordinal);

        Assert.Equal(0, Program(agent, "install", "--uninstall", "--config", agent.Configuration).ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(agent.DropInDirectory));
    }

    [Theory]
    [InlineData("zabbix_agentd")]
    [InlineData("zabbix_agent2")]
    public void The_keys_of_the_recipe_are_refused_and_checked_as_what_they_are(string name)
    {
        using var agent = new RealAgent(name);
        string recipe = Path.Combine(agent.DropInDirectory, "tcp.conf");
        File.WriteAllText(recipe, "UserParameter=LISTEN,netstat -ntup | grep LISTEN -c\nUserParameter=CLOSE,/bin/echo no number\n");
        agent.Start("established=1");
        var refused = Program(agent, "install", "--config", agent.Configuration);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(recipe + ":1", refused.Output, StringComparison.Ordinal);
        Assert.Equal(recipe, Assert.Single(Directory.EnumerateFiles(agent.DropInDirectory)));

        var check = Program(agent, "check", "--config", agent.Configuration);
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("still from netstat: LISTEN", check.Output, StringComparison.Ordinal);
        Assert.Contains("CLOSE answers what is no value: no number", check.Output, StringComparison.Ordinal);

        // With both the agents do not start; check says so in their own words.
        Assert.Equal(0, Program(agent, "install", "--skip-existing", "--config", agent.Configuration).ExitCode);
        File.AppendAllText(recipe, "UserParameter=TIME_WAIT,/bin/echo 5\n");
        var twice = Program(agent, "check", "--config", agent.Configuration);
        Assert.Contains("TIME_WAIT is defined 2 times", twice.Output, StringComparison.Ordinal);
        Assert.Contains("-t gives no answer", twice.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Compared_on_known_sockets_the_recipe_shows_its_errors()
    {
        Require.Root();
        Require.That(File.Exists("/usr/bin/netstat") || File.Exists("/bin/netstat"), "needs netstat: apt-get install net-tools");
        var outcome = PublishedBinary.Run("lab", "close_wait=7", "listen=3", "established=2", "--", PublishedBinary.Path, "zabbix", "compare", "--lang", "en");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        Assert.Matches(@"(?m)^LISTEN +0 +3  netstat without -l", outcome.Output);
        Assert.Matches(@"(?m)^CLOSE +7 +0  'grep CLOSE' also counts", outcome.Output);
        Assert.Matches(@"(?m)^CLOSE_WAIT +7 +7  the same$", outcome.Output);
        Assert.Matches(@"(?m)^ESTABLISHED +2 +2  the same while", outcome.Output);
    }

    private static BinaryOutcome Program(RealAgent agent, params string[] arguments) =>
        agent.Inside(agent.Binary, ["zabbix", .. arguments, "--lang", "en"]);
}
