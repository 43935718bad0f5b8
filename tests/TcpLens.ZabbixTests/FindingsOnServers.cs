using System.Text.Json;
using TcpLens.Core.Diagnosis;
using TcpLens.ZabbixTests.Conditions;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>What the resident monitor finds, on real servers: a problem that is named by the finding's sentence, and is over when the finding is.</summary>
public sealed class FindingsOnServers(Servers servers)
{
    private const string Host = "findings";

    private const string Fine = "0";

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void A_finding_opens_a_problem_with_its_sentence_and_closes_it(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        using var place = new Place();
        using var program = new ResidentProgram();
        string id = Provision(server);
        // What the lab holds half-open wants none of them, and that is a finding.
        place.Set("ipv4/tcp_syncookies", "1");
        place.Listen(backlog: 10);
        server.Connect(place.ProcessId);
        program.Configure($"zabbix_push.servers = \"{server.Place}\"", $"zabbix_agent.hostname = \"{Host}\"", "zabbix_push.interval = \"2s\"");
        place.Run(program.Start);

        // Each rule is discovered, whether it finds something or not.
        Await(() => Discovered(server, id) == RuleTable.All.Length, "the rules are discovered");
        Assert.Equal(Fine, Value(server, id, "tcplens.findings[open]"));

        place.Call(7);
        // The port's listener is the test itself.
        string sentence = $"Accept queue of port 8080: 7 of 10 (70 %). Held by dotnet({Environment.ProcessId}).";
        Await(() => Problems(server, id) is [{ IsOver: false } only] && only.Name == "TCP: " + sentence, "the problem opens");
        Assert.Equal(sentence, Value(server, id, "tcplens.finding[sentence,accept_queue]"));
        place.Accept();
        Await(() => Problems(server, id) is [{ IsOver: true }], "the problem is over");
        Assert.Equal(Fine, Value(server, id, "tcplens.finding[severity,accept_queue]"));
        program.Stop();

        void Await(Func<bool> isSo, string what) => Assert.True(Trial.Await(isSo), $"not so: {what}\n{string.Join('\n', Problems(server, id))}\n{program.Log}");
    }

    private static string Provision(ZabbixServer server)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, server.RunAsAgent("tcplens", "zabbix", "template", "--via", "trapper", "--for", server.Version, "--lang", "en"));
            server.Provision(server.Token, "--template", file, "--host", Host, "--interface", "127.0.0.1:1", "--apply").Good();
        }
        finally
        {
            File.Delete(file);
        }

        server.ReloadConfiguration();
        return server.Api("host.get", $$"""{"output":["hostid"],"filter":{"host":"{{Host}}"} }""")[0].GetProperty("hostid").GetString()!;
    }

    // What a discovery has made is the server's only when it next looks; a value tells that it is.
    private static int Discovered(ZabbixServer server, string id)
    {
        int known = server.Api("item.get", $$"""{"output":["lastclock"],"hostids":["{{id}}"],"search":{"key_":"tcplens.finding[severity,"} }""").EnumerateArray()
            .Count(item => item.GetProperty("lastclock").GetString() != "0");
        if (known < RuleTable.All.Length)
            server.ReloadConfiguration();
        return known;
    }

    private static string? Value(ZabbixServer server, string id, string key) =>
        server.Api("item.get", $$"""{"output":["lastvalue"],"hostids":["{{id}}"],"filter":{"key_":{{JsonSerializer.Serialize(key)}} } }""")[0].GetProperty("lastvalue").GetString();

    private static Problem[] Problems(ZabbixServer server, string id) =>
    [
        .. server.Api("problem.get", $$"""{"output":["name","r_eventid"],"hostids":["{{id}}"],"recent":true}""").EnumerateArray()
            .Select(problem => new Problem(problem.GetProperty("name").GetString()!, problem.GetProperty("r_eventid").GetString() != "0")),
    ];

    private sealed record Problem(string Name, bool IsOver);
}
