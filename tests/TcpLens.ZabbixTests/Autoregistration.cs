using System.Diagnostics;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>A host that nobody has added: an action of the server adds it by the metadata that TcpLens sends.</summary>
public sealed class Autoregistration(Servers servers)
{
    private const string Host = "registers-itself", Word = "tcplens-autoregistration";

    // An agent that asked between the making of the host and that of its item asks a server of 6.0 again after two minutes.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(180);

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void An_action_adds_the_host_by_its_metadata_and_active_checks_begin(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        string action = server.Api("action.create", $$"""
            {"name":"{{Word}}","eventsource":2,"filter":{"evaltype":0,"conditions":[{"conditiontype":24,"operator":2,"value":"{{Word}}"}]},"operations":[{"operationtype":2},{"operationtype":4,"opgroup":[{"groupid":"2"}]}]}
            """).GetProperty("actionids")[0].GetString()!;
        try
        {
            server.ReloadConfiguration();
            server.StartAgent("tcplens", Host, null, [$"zabbix_agent.servers = \"{server.Place}\"", $"zabbix_agent.metadata = \"linux {Word}\""]);
            Await(() => server.Api("host.get", $$$"""{"output":["hostid"],"filter":{"host":["{{{Host}}}"]}}""").GetArrayLength() == 1, "the host was not added");
            var host = new WatchedHost(server, Host);
            host.AddItems(["agent.hostmetadata"], type: 7);
            server.ReloadConfiguration();
            Await(() => host.Items()["agent.hostmetadata"].Value == $"linux {Word}", "no value came");
        }
        finally
        {
            server.StopAgent(Host);
            server.Api("action.delete", $"[\"{action}\"]");
        }
    }

    private static void Await(Func<bool> condition, string complaint)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < s_patience, complaint);
            Thread.Sleep(500);
        }
    }
}
