using System.Diagnostics;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary><c>tcplens zabbix check --url</c>: what it says of hosts on real servers, well and unwell.</summary>
public sealed class CheckOnServers(Servers servers)
{
    private const string Host = "checked";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("6.0", "agentd")]
    [InlineData("7.0", "agent2")]
    public void A_host_is_called_well_then_its_agent_loses_the_keys_then_it_stops(string version, string kind)
    {
        var server = ZabbixServer.Of(servers, version);
        using var site = new Site();
        var (address, port) = server.StartAgent(kind, Host, site.ProcessId, [server.RunAsAgent("tcplens", "zabbix", "userparameters")]);
        try
        {
            Assert.Contains("no host checked in Zabbix that this token may see", Check(server, server.Token, Host).Output);
            server.Provision(server.Token, "--host", Host, "--interface", $"{address}:{port}", "--apply").Good();
            server.ReloadConfiguration();
            string well = Await(server, expected: 0, $"ok       the server reaches the agent at {address}:{port}\n");
            Assert.Contains("ok       the last value is ", well);
            Assert.EndsWith("no problem found\n", well);

            server.StopAgent(Host);
            server.StartAgent(kind, Host, site.ProcessId, ["# no keys any more"]);
            Assert.Contains("the agent does not know the key", Await(server, expected: 1, "PROBLEM  not supported: tcplens."));

            server.StopAgent(Host);
            Assert.Contains("-> on that host: start the agent", Await(server, expected: 1, "PROBLEM  the server does not reach the agent"));
        }
        finally
        {
            server.StopAgent(Host);
        }
    }

    [Fact]
    public void A_disabled_host_and_a_wrong_token_are_named()
    {
        var server = ZabbixServer.Of(servers, "7.0");
        server.Provision(server.Token, "--host", "disabled", "--interface", "127.0.0.1:1", "--apply").Good();
        string id = server.Api("host.get", """{"output":["hostid"],"filter":{"host":["disabled"]}}""")[0].GetProperty("hostid").GetString()!;
        server.Api("host.update", $$"""{"hostid":"{{id}}","status":1}""");
        var outcome = Check(server, server.Token, "disabled");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("PROBLEM  disabled is disabled: the server does not ask it\n", outcome.Output);
        Assert.Contains("Zabbix does not accept the API token", Check(server, "wrong", "disabled").Output);
    }

    // The server is told to ask now, until the check says what it has to.
    private static string Await(ZabbixServer server, int expected, string words)
    {
        var watched = new WatchedHost(server, Host);
        var waited = Stopwatch.StartNew();
        Outcome outcome;
        do
        {
            WatchedHost.AskNow(server, watched);
            Thread.Sleep(500);
            outcome = Check(server, server.Token, Host);
        }
        while ((outcome.ExitCode != expected || !outcome.Output.Contains(words, StringComparison.Ordinal)) && waited.Elapsed < s_patience);

        Assert.True(outcome.ExitCode == expected, outcome.Output + outcome.Error);
        Assert.Contains(words, outcome.Output);
        return outcome.Output;
    }

    // In a world of processes of its own, where no agent of this machine is seen: the server's side alone decides.
    private static Outcome Check(ZabbixServer server, string token, string host) => Outcome.Of(
        s_patience,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["TCPLENS_ZABBIX_TOKEN"] = token },
        "unshare",
        ["--pid", "--fork", "--mount-proc", ZabbixServer.Binary, "zabbix", "check", "--lang", "en", "--url", server.Url, "--host", host]);
}
