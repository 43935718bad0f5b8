using System.Globalization;
using System.Text.Json;

namespace TcpLens.Zabbix.Api;

/// <summary>Asks the API what a server has of a host. Reads alone; failures are <see cref="ZabbixApiException"/>.</summary>
public sealed class ServedHostReader(ZabbixApi api)
{
    private const string Agent = "1";

    /// <summary>The host with that technical name; <see langword="null"/> when there is none that the token may see.</summary>
    public ServedHost? Find(string name)
    {
        var found = api.Call("host.get", json =>
        {
            json.WriteStartObject();
            Strings(json, "output", "hostid", "host", "status", "maintenance_status", "maintenance_type");
            json.WriteStartObject("filter");
            Strings(json, "host", name);
            json.WriteEndObject();
            Strings(json, "selectInterfaces", "type", "useip", "ip", "dns", "port", "available", "error");
            Strings(json, "selectParentTemplates", "templateid", "host");
            json.WriteEndObject();
        });
        if (found.ValueKind != JsonValueKind.Array || found.GetArrayLength() == 0)
            return null;
        var host = found[0];
        string id = Text(host, "hostid");
        var templates = Elements(host, "parentTemplates").ToList();
        return new ServedHost
        {
            Name = Text(host, "host"),
            IsMonitored = Text(host, "status") == "0",
            CollectsNothing = Text(host, "maintenance_status") == "1" && Text(host, "maintenance_type") == "1",
            AgentInterfaces = [.. Elements(host, "interfaces").Where(one => Text(one, "type") == Agent).Select(Interface)],
            Templates = [.. templates.Select(template => Text(template, "host"))],
            Items = [.. Items("item.get", id, "lastclock", "history"), .. Items("discoveryrule.get", id)],
            Macros = Macros(id, [.. templates.Select(template => Text(template, "templateid"))]),
        };
    }

    private static ServedInterface Interface(JsonElement one) => new(
        Text(one, Text(one, "useip") == "1" ? "ip" : "dns"),
        Text(one, "port"),
        Text(one, "available") switch { "1" => Availability.Available, "2" => Availability.Unavailable, _ => Availability.Unknown },
        Text(one, "error"));

    private IEnumerable<ServedItem> Items(string method, string hostId, params string[] more)
    {
        var found = api.Call(method, json =>
        {
            json.WriteStartObject();
            Strings(json, "output", ["key_", "status", "state", "error", "delay", .. more]);
            Strings(json, "hostids", hostId);
            json.WriteEndObject();
        });
        return found.EnumerateArray().Select(item => new ServedItem
        {
            Key = Text(item, "key_"),
            IsEnabled = Text(item, "status") == "0",
            IsSupported = Text(item, "state") == "0",
            Error = Text(item, "error"),
            Delay = Text(item, "delay"),
            KeepsHistory = Text(item, "history") is not ("" or "0"),
            LastValue = long.TryParse(Text(item, "lastclock"), NumberStyles.None, CultureInfo.InvariantCulture, out long clock) && clock > 0
                ? DateTimeOffset.UnixEpoch.AddSeconds(clock)
                : null,
        });
    }

    private Dictionary<string, string> Macros(string hostId, string[] templateIds)
    {
        var found = api.Call("usermacro.get", json =>
        {
            json.WriteStartObject();
            Strings(json, "output", "hostid", "macro", "value");
            Strings(json, "hostids", [hostId, .. templateIds]);
            json.WriteEndObject();
        });
        var macros = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var macro in found.EnumerateArray())
        {
            // What the host itself says goes before what its templates say.
            if (Text(macro, "hostid") == hostId || !macros.ContainsKey(Text(macro, "macro")))
                macros[Text(macro, "macro")] = Text(macro, "value");
        }

        return macros;
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement element, string name) =>
        element.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : default;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static void Strings(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
