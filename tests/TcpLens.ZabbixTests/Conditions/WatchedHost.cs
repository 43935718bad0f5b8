using System.Text.Json;
using TcpLens.Outputs.Zabbix.Template;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>One condition on its way: its place, the agent in it, and the host that Zabbix has for it.</summary>
internal sealed class WatchedHost : IDisposable
{
    private readonly ZabbixServer _server;
    private readonly Place _place = new();

    public WatchedHost(ZabbixServer server, Condition condition)
    {
        _server = server;
        Condition = condition;
        Name = "condition-" + condition.Trigger;
        condition.Prepare(_place);
        (Address, Port) = condition.WithoutNetlink ? DeniedNetlink.Run(StartAgent) : StartAgent();
    }

    public Condition Condition { get; }

    public string Name { get; }

    public string Address { get; }

    public int Port { get; }

    /// <summary>By the server's name for the host.</summary>
    public string Id { get; set; } = "";

    /// <summary>The template's id of every trigger of this host, by the server's.</summary>
    public Dictionary<string, string> Triggers { get; } = new(StringComparer.Ordinal);

    /// <summary>The server's id of the trigger that the condition is for.</summary>
    public string OwnTrigger => Triggers.FirstOrDefault(pair => pair.Value == Condition.Trigger).Key ?? "0";

    public void Begin() => Condition.Begin(_place);

    public void End() => Condition.End(_place);

    /// <summary>Asks which triggers the hosts have by now; whether each one's own is among them, with values that it could be judged by.</summary>
    public static bool FindTriggers(ZabbixServer server, IReadOnlyList<WatchedHost> hosts)
    {
        string ids = string.Join(',', hosts.Select(host => $"\"{host.Id}\""));
        var byId = hosts.ToDictionary(host => host.Id, StringComparer.Ordinal);
        int ready = 0;
        foreach (var trigger in server.Api("trigger.get", $$"""
            {"output":["triggerid","description","state"],"hostids":[{{ids}}],"selectHosts":["hostid"],"selectItems":["lastclock"]}
            """).EnumerateArray())
        {
            var host = byId[trigger.GetProperty("hosts")[0].GetProperty("hostid").GetString()!];
            if (IdOf(trigger.GetProperty("description").GetString()!) is not { } id)
                continue;
            host.Triggers[trigger.GetProperty("triggerid").GetString()!] = id;
            if (id == host.Condition.Trigger && IsReady(trigger))
                ready++;
        }

        return ready == hosts.Count;
    }

    /// <summary>How many values Zabbix has of the trigger's first item.</summary>
    public int CountValues() => History().GetArrayLength();

    /// <summary>What Zabbix knows about the trigger, for a person who has to find out why it did not do what it should.</summary>
    public string Evidence()
    {
        string trigger = _server.Api("trigger.get", $$"""{"output":["value","state","error"],"triggerids":["{{OwnTrigger}}"]}""").GetRawText();
        string history = string.Join(' ', History().EnumerateArray().Select(value => $"{value.GetProperty("clock").GetString()}={value.GetProperty("value").GetString()}"));
        string items = _server.Api("item.get", $$"""{"output":["key_","lastvalue","prevvalue","lastclock","state","error"],"triggerids":["{{OwnTrigger}}"]}""").GetRawText();
        string events = _server.Api("event.get", $$"""{"output":["clock","value"],"objectids":["{{OwnTrigger}}"]}""").GetRawText();
        return $"{trigger}\n{items}\n{events}\n{history}";
    }

    public void Dispose()
    {
        _server.StopAgent(Name);
        _place.Dispose();
    }

    private JsonElement History()
    {
        var items = _server.Api("item.get", $$"""{"output":["value_type"],"triggerids":["{{OwnTrigger}}"],"sortfield":"itemid","limit":1}""");
        return items.EnumerateArray().Select(item => _server.Api("history.get", $$"""
            {"output":["clock","value"],"history":{{item.GetProperty("value_type").GetString()}},"itemids":["{{item.GetProperty("itemid").GetString()}}"],"sortfield":"clock"}
            """)).FirstOrDefault(items);
    }

    private static bool IsReady(JsonElement trigger) =>
        trigger.GetProperty("state").GetString() == "0" && trigger.GetProperty("items").EnumerateArray().All(item => item.GetProperty("lastclock").GetString() != "0");

    private static string? IdOf(string description) => TemplateTriggers.All
        .FirstOrDefault(trigger => trigger.Name.English.Replace("{#PORT}", $"{Place.Port}", StringComparison.Ordinal) == description)?.Id;

    private (string Address, int Port) StartAgent() =>
        _server.StartAgent("agentd", Name, _place.ProcessId, [_server.RunAsAgent("tcplens", "zabbix", "userparameters")]);
}
