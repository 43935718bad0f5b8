using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.ZabbixTests.Conditions;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>The problems of a service on real servers, told by a monitor that makes active checks, or pushes. The service is the test itself, whose sockets they are.</summary>
public abstract class ServicesOnServers(Servers servers, string version, string way)
{
    private const string Host = "services";

    private const string Service = "dotnet";

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Active values are sent every five seconds: a window that is hardly longer would call them missing on a busy machine, and end a problem that goes on.
    private static readonly KeyValuePair<string, string>[] s_macros =
    [
        new("{$TCPLENS.INTERVAL}", "2s"), new("{$TCPLENS.PERIOD}", "15s"), new("{$TCPLENS.CLOSE_WAIT.PERIOD}", "12s"), new("{$TCPLENS.SERVICE.KIND.MATCHES}", "^process$"),
        new($"{{$TCPLENS.SERVICE.ESTABLISHED.LIMIT:\"{Service}\"}}", "50"),
    ];

    [Collection(TemplateOnServers.On6Alone)]
    public sealed class On6(Servers servers) : ServicesOnServers(servers, "6.0", "trapper");

    [Collection(TemplateOnServers.On7Alone)]
    public sealed class On7(Servers servers) : ServicesOnServers(servers, "7.0", "active");

    [Fact]
    public void A_service_that_leaks_or_fills_up_has_a_problem_with_its_name()
    {
        const string Leaks = $"Service {Service}: 13 sockets in CLOSE_WAIT: it does not close what its peers have closed", Full = $"Service {Service}: 42 connections of the 50 that it can take";
        var server = ZabbixServer.Of(servers, version);
        using var place = new Place();
        using var program = new ResidentProgram();
        place.Listen(backlog: 10);
        server.Connect(place.ProcessId);
        string id = Provision(server);
        program.Configure($"{(way == "active" ? "zabbix_agent" : "zabbix_push")}.servers = \"{server.Place}\"", "zabbix_push.interval = \"2s\"", $"zabbix_agent.hostname = \"{Host}\"");
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
        if (way == "trapper")
            SendLate(server, id);
        // Without any socket nothing is told of it.
        place.EndSockets();
        Await(() => Problems(server, id).Contains((Leaks, true)), "the leak ends with the service");
        string[] opened = [.. Problems(server, id).Select(problem => problem.Name).Where(name => name.StartsWith("Service ", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.True(opened is [Leaks, Full], string.Join('\n', opened) + Evidence(server, id));

        void Await(Func<bool> isSo, string what) => Assert.True(Trial.Await(isSo), $"not so: {what}\n{program.Log}{Evidence(server, id)}");
    }

    private string Provision(ZabbixServer server)
    {
        server.Provision(server.Token, "--via", way, "--host", Host, "--interface", "127.0.0.1:1", "--apply").Good();
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

    // A value from the first seconds of the leak: in the window before it there is none.
    private static void SendLate(ZabbixServer server, string id)
    {
        string item = server.Api("item.get", $$"""{"output":["itemid"],"hostids":["{{id}}"],"filter":{"key_":"tcplens.service[\"{{Service}}\",close_wait]"} }""")[0].GetProperty("itemid").GetString()!;
        long begin = Clocks("13").Min() + 1;
        int before = Clocks("14").Count();
        string document = $$$"""{"services":[{"service":"{{{Service}}}","kind":"process","netns":"","total":14,"states":{"established":0,"close_wait":14}}]}""";
        string line = $"{Host} tcplens.services {begin} {JsonSerializer.Serialize(document, s_readable)}";
        server.RunAsAgent("sh", "-c", "echo \"$1\" | zabbix_sender -z 127.0.0.1 -p \"$2\" -T -i -", "sh", line, $"{server.Port}");
        Assert.True(Trial.Await(() => Clocks("14").Count() > before), "the late value has not come");
        Assert.Contains(Problems(server, id), problem => problem.Name.Contains("CLOSE_WAIT", StringComparison.Ordinal) && !problem.IsOver);

        IEnumerable<long> Clocks(string value) =>
            server.Api("history.get", $$"""{"output":["clock"],"history":3,"itemids":["{{item}}"],"filter":{"value":"{{value}}"} }""").EnumerateArray().Select(one => long.Parse(one.GetProperty("clock").GetString()!));
    }

    // Every value and every event, with its time.
    private static string Evidence(ZabbixServer server, string id)
    {
        var items = server.Api("item.get", $$"""{"output":["itemid","key_"],"hostids":["{{id}}"],"search":{"key_":"tcplens.service[\"{{Service}}\""} }""").EnumerateArray()
            .ToDictionary(item => item.GetProperty("itemid").GetString()!, item => item.GetProperty("key_").GetString()!, StringComparer.Ordinal);
        var values = server.Api("history.get", $$"""{"output":"extend","history":3,"itemids":[{{string.Join(',', items.Keys)}}]}""").EnumerateArray()
            .Select(value => $"{value.GetProperty("clock")}.{value.GetProperty("ns").GetString()!.PadLeft(9, '0')} {items[value.GetProperty("itemid").GetString()!]} {value.GetProperty("value")}");
        var events = server.Api("event.get", $$"""{"output":["clock","ns","value","name"],"hostids":["{{id}}"]}""").EnumerateArray()
            .Select(one => $"{one.GetProperty("clock")}.{one.GetProperty("ns").GetString()!.PadLeft(9, '0')} {(one.GetProperty("value").GetString() == "1" ? "begins" : "ends")} {one.GetProperty("name")}");
        return "\n" + string.Join('\n', values.Concat(events).Order(StringComparer.Ordinal));
    }

    private static (string Name, bool IsOver)[] Problems(ZabbixServer server, string id) =>
    [
        .. server.Api("problem.get", $$"""{"output":["name","r_eventid"],"hostids":["{{id}}"],"recent":true}""").EnumerateArray()
            .Select(problem => (problem.GetProperty("name").GetString()!, problem.GetProperty("r_eventid").GetString() != "0")),
    ];
}
