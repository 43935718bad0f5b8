using System.Text.Json;

namespace TcpLens.ZabbixTests;

/// <summary>A host in Zabbix that has the template.</summary>
internal sealed class WatchedHost(ZabbixServer server, string name)
{
    /// <summary>The key whose value comes with every reading.</summary>
    public const string Pulse = "tcplens.sockets[sum]";

    private readonly string _id = server.Api("host.get", $$$"""{"output":["hostid"],"filter":{"host":["{{{name}}}"]}}""")[0].GetProperty("hostid").GetString()!;

    /// <summary>All items by key.</summary>
    public IReadOnlyDictionary<string, LastValue> Items() =>
        server.Api("item.get", $$"""{"output":["key_","state","error","lastvalue","lastclock","lastns"],"hostids":["{{_id}}"]}""").EnumerateArray()
            .ToDictionary(item => item.GetProperty("key_").GetString()!, LastValue.Of, StringComparer.Ordinal);

    /// <summary>Adds items that are read each second or two, as text.</summary>
    /// <param name="keys">Their keys.</param>
    /// <param name="type">The server's number for the way: 0 asked, 2 sent, 7 active.</param>
    public void AddItems(IEnumerable<string> keys, int type)
    {
        string interfaceId = type != 0 ? "" : $""","interfaceid":"{server.Api("hostinterface.get", $$"""{"output":["interfaceid"],"hostids":["{{_id}}"]}""")[0].GetProperty("interfaceid").GetString()}" """;
        string delay = type == 2 ? "" : ""","delay":"2s" """;
        server.Api("item.create", $"[{string.Join(',', keys.Select(key => $$"""{"name":{{Quoted(key)}},"key_":{{Quoted(key)}},"hostid":"{{_id}}","type":{{type}},"value_type":4{{delay}}{{interfaceId}} }"""))}]");
    }

    /// <summary>Why discovery rules are not supported.</summary>
    public IEnumerable<string> RuleTroubles() =>
        server.Api("discoveryrule.get", $$"""{"output":["key_","state","error"],"hostids":["{{_id}}"]}""").EnumerateArray()
            .Where(rule => rule.GetProperty("state").GetString() != "0").Select(rule => $"{rule.GetProperty("key_")}: {rule.GetProperty("error")}");

    /// <summary>Makes the server ask the agents of these hosts for a reading, whatever the interval.</summary>
    public static void AskNow(ZabbixServer server, params IEnumerable<WatchedHost> hosts)
    {
        var tasks = hosts.SelectMany(host => server.Api("item.get", $$$"""{"output":["itemid"],"hostids":["{{{host._id}}}"],"filter":{"key_":["tcplens.states"]}}""").EnumerateArray())
            .Select(item => $$$"""{"type":6,"request":{"itemid":"{{{item.GetProperty("itemid").GetString()}}}" } }""");
        server.Api("task.create", $"[{string.Join(',', tasks)}]");
    }

    /// <summary>When the newest two readings came, the newest first, in nanoseconds since 1970; fewer when there were fewer.</summary>
    public long[] Moments()
    {
        if (!Items().TryGetValue(Pulse, out var pulse))
            return [];
        var history = server.Api("history.get", $$"""{"output":["clock","ns"],"history":3,"itemids":["{{pulse.Id}}"],"sortfield":"clock","sortorder":"DESC","limit":2}""");
        return [.. history.EnumerateArray().Select(value => (Number(value, "clock") * 1_000_000_000) + Number(value, "ns")).OrderDescending()];
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static long Number(JsonElement value, string name) => long.Parse(value.GetProperty(name).GetString()!);
}
