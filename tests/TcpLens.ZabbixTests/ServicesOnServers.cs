using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.ZabbixTests.Conditions;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>The problems of a service on real servers, told by a monitor that makes active checks. The service is the test itself, whose sockets they are.</summary>
[Collection(TemplateOnServers.Template)]
public sealed class ServicesOnServers(Servers servers)
{
    private const string Host = "services";

    private const string Service = "dotnet";

    private static readonly KeyValuePair<string, string>[] s_macros =
    [
        new("{$TCPLENS.INTERVAL}", "2s"), new("{$TCPLENS.PERIOD}", "8s"), new("{$TCPLENS.CLOSE_WAIT.PERIOD}", "12s"), new("{$TCPLENS.SERVICE.KIND.MATCHES}", "^process$"),
        new($"{{$TCPLENS.SERVICE.ESTABLISHED.LIMIT:\"{Service}\"}}", "50"),
    ];

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void A_service_that_leaks_or_fills_up_has_a_problem_with_its_name(string version)
    {
        const string Leaks = $"Service {Service}: 13 sockets in CLOSE_WAIT: it does not close what its peers have closed", Full = $"Service {Service}: 42 connections of the 50 that it can take";
        var server = ZabbixServer.Of(servers, version);
        using var place = new Place();
        using var program = new ResidentProgram();
        place.Listen(backlog: 10);
        server.Connect(place.ProcessId);
        string id = Provision(server);
        program.Configure($"zabbix_agent.servers = \"{server.Place}\"", $"zabbix_agent.hostname = \"{Host}\"");
        place.Run(program.Start);
        Await(() => IsDiscovered(server, id), "the service is discovered, and has values");
        Assert.DoesNotContain(Problems(server, id), problem => problem.Name.StartsWith("Service ", StringComparison.Ordinal));

        // Both ends of each are its own.
        place.Converse(21);
        Await(() => Problems(server, id).Contains((Full, false)), "it nears its limit");
        place.StopConversing();
        Await(() => Problems(server, id).Contains((Full, true)), "it is far from its limit");

        place.Hold(TcpState.CloseWait, 13);
        Await(() => Problems(server, id).Contains((Leaks, false)), "it leaks");
        // Without any socket nothing is told of it.
        place.EndSockets();
        Await(() => Problems(server, id).Contains((Leaks, true)), "the leak ends with the service");
        Assert.Equal([Leaks, Full], Problems(server, id).Select(problem => problem.Name).Where(name => name.StartsWith("Service ", StringComparison.Ordinal)).Order(StringComparer.Ordinal), StringComparer.Ordinal);

        void Await(Func<bool> isSo, string what) => Assert.True(Trial.Await(isSo), $"not so: {what}\n{string.Join('\n', Problems(server, id))}\n{program.Log}");
    }

    private static string Provision(ZabbixServer server)
    {
        server.Provision(server.Token, "--via", "active", "--host", Host, "--interface", "127.0.0.1:1", "--apply").Good();
        string id = server.Api("host.get", $$"""{"output":["hostid"],"filter":{"host":"{{Host}}"} }""")[0].GetProperty("hostid").GetString()!;
        foreach (var (macro, value) in s_macros)
            server.Api("usermacro.create", JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["hostid"] = id, ["macro"] = macro, ["value"] = value }));
        server.ReloadConfiguration();
        return id;
    }

    // What a discovery has made is the server's only when it next looks.
    private static bool IsDiscovered(ZabbixServer server, string id)
    {
        bool isSo = server.Api("item.get", $$"""{"output":["lastclock"],"hostids":["{{id}}"],"search":{"key_":"tcplens.service[\"{{Service}}\",close_wait]"} }""").EnumerateArray()
            .Any(item => item.GetProperty("lastclock").GetString() != "0");
        if (!isSo)
            server.ReloadConfiguration();
        return isSo;
    }

    private static (string Name, bool IsOver)[] Problems(ZabbixServer server, string id) =>
    [
        .. server.Api("problem.get", $$"""{"output":["name","r_eventid"],"hostids":["{{id}}"],"recent":true}""").EnumerateArray()
            .Select(problem => (problem.GetProperty("name").GetString()!, problem.GetProperty("r_eventid").GetString() != "0")),
    ];
}
