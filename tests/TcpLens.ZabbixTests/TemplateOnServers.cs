using System.Diagnostics;
using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>The program's own template on real servers, polled from real agents in a namespace with known sockets.</summary>
[Collection(Template)]
public sealed class TemplateOnServers(Servers servers)
{
    /// <summary>Tests that import the template, or count on it, go one after the other.</summary>
    internal const string Template = "the template";

    private const string Unchanged = "nothing to change: template and host are as they should be\n";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("6.0", "agentd")]
    [InlineData("6.0", "agent2")]
    [InlineData("7.0", "agentd")]
    [InlineData("7.0", "agent2")]
    public void Every_state_has_the_lab_s_number_and_no_item_is_unsupported(string version, string kind)
    {
        var server = ZabbixServer.Of(servers, version);
        Require.Kernel(6, 8, "older kernels do not tell bound sockets");
        using var site = new Site();
        string host = "template-" + kind;
        var (address, port) = server.StartAgent(kind, host, site.ProcessId, [server.RunAsAgent("tcplens", "zabbix", "userparameters")]);
        try
        {
            string[] wanted = ["--host", host, "--interface", $"{address}:{port}"];
            server.Provision(server.Token, [.. wanted, "--apply"]).Good();
            Assert.Equal(Unchanged, server.Provision(server.Token, wanted).Good());
            server.ReloadConfiguration();
            AwaitValues(server, host, site);
        }
        finally
        {
            server.StopAgent(host);
        }
    }

    [Fact]
    public void The_file_for_6_0_serves_7_0_as_well()
    {
        var server = ZabbixServer.Of(servers, "7.0");
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, server.RunAsAgent("tcplens", "zabbix", "template", "--for", "6.0", "--lang", "en"));
            string[] wanted = ["--template", file, "--host", "with-older-file", "--interface", "127.0.0.1:1"];
            server.Provision(server.Token, [.. wanted, "--apply"]).Good();
            Assert.Equal(Unchanged, server.Provision(server.Token, wanted).Good());
        }
        finally
        {
            File.Delete(file);
        }
    }

    // The clock of the interval is not ours to wait for: the server is told to ask now, until all is right.
    private static void AwaitValues(ZabbixServer server, string host, Site site)
    {
        string id = server.Api("host.get", $$$"""{"output":["hostid"],"filter":{"host":["{{{host}}}"]}}""")[0].GetProperty("hostid").GetString()!;
        var waited = Stopwatch.StartNew();
        string[] wrong;
        int rounds = 0;
        do
        {
            AskNow(server, id);
            Thread.Sleep(2000);
            var items = server.Api("item.get", $$"""{"output":["key_","state","error","lastvalue","lastclock"],"hostids":["{{id}}"]}""");
            Assert.True(items.GetArrayLength() > TcpStates.All.Length);
            wrong = [.. items.EnumerateArray().Select(item => Complaint(item, site)).OfType<string>()];
            rounds++;
        }
        // A rate needs two values: only then is it known whether it is supported.
        while ((wrong.Length > 0 || rounds < 4) && waited.Elapsed < s_patience);

        Assert.Empty(wrong);
    }

    private static void AskNow(ZabbixServer server, string hostId)
    {
        var asked = server.Api("item.get", $$"""{"output":["itemid"],"hostids":["{{hostId}}"],"filter":{"type":[0]},"monitored":true}""");
        var rules = server.Api("discoveryrule.get", $$"""{"output":["itemid"],"hostids":["{{hostId}}"],"filter":{"type":[0]},"monitored":true}""");
        var tasks = asked.EnumerateArray().Concat(rules.EnumerateArray())
            .Select(item => $$$"""{"type":6,"request":{"itemid":"{{{item.GetProperty("itemid").GetString()}}}" } }""");
        server.Api("task.create", $"[{string.Join(',', tasks)}]");
    }

    private static string? Complaint(JsonElement item, Site site)
    {
        string key = Text("key_");
        if (Text("state") != "0")
            return $"{key}: {Text("error")}";
        if (TcpStates.All.FirstOrDefault(info => key == $"tcplens.sockets[{info.Name}]") is not { } state)
            return null;
        if (Text("lastclock") == "0")
            return $"{key}: no value yet";
        long value = long.Parse(Text("lastvalue"));
        long held = site[state.State];
        bool isRight = state.State switch
        {
            TcpState.Listen => value == held + 1,
            // The server may ask for the discovery at the same time.
            TcpState.Established => value > held && value <= held + 3,
            TcpState.TimeWait => value >= held,
            _ => value == held,
        };
        return isRight ? null : $"{key}: {value} instead of {held}";

        string Text(string name) => item.GetProperty(name).GetString()!;
    }
}
