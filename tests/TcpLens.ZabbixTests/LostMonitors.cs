using System.Text.Json;
using TcpLens.ZabbixTests.Conditions;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>
/// A monitor that ends or hangs, on real servers. Beside an agent it is missed by name, and the counts go on; where it sends itself, nothing comes any more.
/// </summary>
public abstract class LostMonitors(Servers servers, string version)
{
    private const string Socket = "/lab/run/lost-monitor.sock";

    private const string Program = "/usr/bin/tcplens";

    private static readonly KeyValuePair<string, string>[] s_windows = [new("INTERVAL", "2s"), new("PERIOD", "6s"), new("NODATA.PERIOD", "10s")];

    [Collection(TemplateOnServers.On6Alone)]
    public sealed class On6(Servers servers) : LostMonitors(servers, "6.0");

    [Collection(TemplateOnServers.On7Alone)]
    public sealed class On7(Servers servers) : LostMonitors(servers, "7.0");

    [Fact]
    public void The_agent_misses_a_monitor_that_hangs_or_ends_and_counts_on()
    {
        const string Agent = "lost-monitor";
        var server = ZabbixServer.Of(servers, version);
        using var place = new Place();
        // Off, they are a finding, and a problem.
        place.Set("ipv4/tcp_syncookies", "1");
        string lines = server.RunAsAgent("tcplens", "zabbix", "userparameters").Replace($",{Program} ", $",TCPLENS_SOCKET_PATH={Socket} {Program} ", StringComparison.Ordinal);
        var at = server.StartAgent("agentd", Agent, place.ProcessId, [lines]);
        // The agent's root directory, and its network, are not those of the test.
        using var program = new ResidentProgram { Socket = $"/proc/{server.ProcessOf(Agent)}/root{Socket}" };
        string id = Provision(server, Agent, "agent", $"{at.Address}:{at.Port}");
        try
        {
            AwaitValue("tcplens.monitor[runs]", "0");
            program.Configure("socket.group = \"65534\"");
            place.Run(program.Start);
            AwaitValue("tcplens.monitor[runs]", "1");
            // One that never ran was missed by nobody.
            Assert.Empty(Problems(server, id));

            program.Send("STOP");
            AwaitProblem($"TCP: the resident monitor on {Agent} is lost: tcplens serve hangs: no answer at {Socket}", isOver: false);
            AwaitValue("tcplens.sockets[listen]", "2");
            program.Send("CONT");
            AwaitProblem($"TCP: the resident monitor on {Agent} is lost: tcplens serve hangs: no answer at {Socket}", isOver: true);

            program.Kill();
            AwaitProblem($"TCP: the resident monitor on {Agent} is lost: tcplens serve does not run: nobody listens at {Socket}", isOver: false);
            place.Run(program.Start);
            AwaitProblem($"TCP: the resident monitor on {Agent} is lost: tcplens serve does not run: nobody listens at {Socket}", isOver: true);
            Assert.True(Problems(server, id).Length == 2, string.Join('\n', Problems(server, id)));
        }
        finally
        {
            server.StopAgent(Agent);
        }

        void AwaitValue(string key, string value) => Assert.True(Trial.Await(() => Value(server, id, key) == value), $"{key} is {Value(server, id, key)}, not {value}\n{program.Log}");

        void AwaitProblem(string name, bool isOver) => Assert.True(Trial.Await(() => Problems(server, id).Contains((name, isOver))), $"{name}, over: {isOver}\n{string.Join('\n', Problems(server, id))}");
    }

    [Fact]
    public void A_monitor_that_sends_itself_is_missed_when_nothing_comes()
    {
        const string Host = "lost-sender", Problem = "TCP: no data from TcpLens";
        // To the server both are the same: one of them on each is enough.
        bool hangs = version == "7.0";
        var server = ZabbixServer.Of(servers, version);
        using var place = new Place();
        using var program = new ResidentProgram();
        string id = Provision(server, Host, "trapper", "127.0.0.1:1");
        server.Connect(place.ProcessId);
        program.Configure($"zabbix_push.servers = \"{server.Place}\"", $"zabbix_agent.hostname = \"{Host}\"", "zabbix_push.interval = \"2s\"");
        place.Run(program.Start);
        Await(() => Value(server, id, "tcplens.monitor[runs]") == "1", "values come");
        if (hangs)
            program.Send("STOP");
        else
            program.Kill();
        Await(() => Named(isOver: false) == 1, "the problem opens");
        if (hangs)
            program.Send("CONT");
        else
            place.Run(program.Start);
        Await(() => Named(isOver: true) == 1, "the problem is over");
        Assert.Equal(0, Named(isOver: false));

        int Named(bool isOver) => Problems(server, id).Count(problem => problem.Name.StartsWith(Problem, StringComparison.Ordinal) && problem.IsOver == isOver);

        void Await(Func<bool> isSo, string what) => Assert.True(Trial.Await(isSo), $"not so: {what}\n{string.Join('\n', Problems(server, id))}\n{program.Log}");
    }

    private static string Provision(ZabbixServer server, string host, string way, string at)
    {
        server.Provision(server.Token, "--via", way, "--host", host, "--interface", at, "--apply").Good();
        string id = server.Api("host.get", $$"""{"output":["hostid"],"filter":{"host":"{{host}}"} }""")[0].GetProperty("hostid").GetString()!;
        foreach (var (name, value) in s_windows)
            server.Api("usermacro.create", $$$"""{"hostid":"{{{id}}}","macro":"{$TCPLENS.{{{name}}}}","value":"{{{value}}}"}""");
        server.ReloadConfiguration();
        return id;
    }

    private static string? Value(ZabbixServer server, string id, string key) =>
        server.Api("item.get", $$"""{"output":["lastvalue","lastclock"],"hostids":["{{id}}"],"filter":{"key_":{{JsonSerializer.Serialize(key)}} } }""")[0] is var item && item.GetProperty("lastclock").GetString() != "0"
            ? item.GetProperty("lastvalue").GetString()
            : null;

    private static (string Name, bool IsOver)[] Problems(ZabbixServer server, string id) =>
    [
        .. server.Api("problem.get", $$"""{"output":["name","r_eventid"],"hostids":["{{id}}"],"recent":true}""").EnumerateArray()
            .Select(problem => (problem.GetProperty("name").GetString()!, problem.GetProperty("r_eventid").GetString() != "0")),
    ];
}
