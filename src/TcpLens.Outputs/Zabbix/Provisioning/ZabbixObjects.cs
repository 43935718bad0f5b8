using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Zabbix.Api;

namespace TcpLens.Outputs.Zabbix.Provisioning;

/// <summary>The few calls of the API that provisioning makes.</summary>
internal sealed class ZabbixObjects(ZabbixApi api)
{
    /// <summary>A host as far as it concerns us.</summary>
    public sealed record Host(string Id, ImmutableArray<string> TemplateIds, ImmutableArray<string> GroupIds, bool HasAgentInterface);

    public string? TemplateId(string name) => Id("template.get", "templateid", "host", name);

    public string? GroupId(string name) => Id("hostgroup.get", "groupid", "name", name);

    public Host? FindHost(string name)
    {
        string groups = api.Version.HasTemplateGroups ? "selectHostGroups" : "selectGroups";
        var found = api.Call("host.get", json =>
        {
            WriteQuery(json, "hostid", "host", name);
            WriteStrings(json, "selectParentTemplates", "templateid");
            WriteStrings(json, groups, "groupid");
            WriteStrings(json, "selectInterfaces", "type");
            json.WriteEndObject();
        });
        if (found.GetArrayLength() == 0)
            return null;
        var host = found[0];
        string hostGroups = api.Version.HasTemplateGroups ? "hostgroups" : "groups";
        return new Host(
            Text(host, "hostid"),
            [.. host.GetProperty("parentTemplates").EnumerateArray().Select(template => Text(template, "templateid"))],
            [.. host.GetProperty(hostGroups).EnumerateArray().Select(group => Text(group, "groupid"))],
            host.GetProperty("interfaces").EnumerateArray().Any(one => Text(one, "type") == "1"));
    }

    public ImportComparison Compare(TemplateExport template) =>
        ImportComparison.Read(api.Call("configuration.importcompare", json => ImportRules.WriteParameters(json, template.Text, api.Version)));

    public void Import(TemplateExport template) => api.Call("configuration.import", json => ImportRules.WriteParameters(json, template.Text, api.Version));

    public void CreateGroup(string name) => api.Call("hostgroup.create", json =>
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteEndObject();
    });

    public void CreateHost(string name, AgentInterface? agent, string groupId, IEnumerable<string> templateIds) => api.Call("host.create", json =>
    {
        json.WriteStartObject();
        json.WriteString("host", name);
        WriteIds(json, "groups", "groupid", [groupId]);
        WriteIds(json, "templates", "templateid", templateIds);
        json.WriteStartArray("interfaces");
        if (agent is { } place)
        {
            json.WriteStartObject();
            WriteInterface(json, place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public void AddInterface(string hostId, AgentInterface agent) => api.Call("hostinterface.create", json =>
    {
        json.WriteStartObject();
        json.WriteString("hostid", hostId);
        WriteInterface(json, agent);
        json.WriteEndObject();
    });

    /// <summary>host.massadd adds and takes nothing away; host.update would replace what the host has.</summary>
    public void AddTemplates(string hostId, IEnumerable<string> templateIds) => AddToHost(hostId, "templates", "templateid", templateIds);

    public void AddGroup(string hostId, string groupId) => AddToHost(hostId, "groups", "groupid", [groupId]);

    private void AddToHost(string hostId, string kind, string idName, IEnumerable<string> ids) => api.Call("host.massadd", json =>
    {
        json.WriteStartObject();
        WriteIds(json, "hosts", "hostid", [hostId]);
        WriteIds(json, kind, idName, ids);
        json.WriteEndObject();
    });

    private string? Id(string method, string idName, string field, string value)
    {
        var found = api.Call(method, json =>
        {
            WriteQuery(json, idName, field, value);
            json.WriteEndObject();
        });
        return found.GetArrayLength() == 0 ? null : Text(found[0], idName);
    }

    // Leaves the object open for more.
    private static void WriteQuery(Utf8JsonWriter json, string output, string field, string value)
    {
        json.WriteStartObject();
        WriteStrings(json, "output", output);
        json.WriteStartObject("filter");
        WriteStrings(json, field, value);
        json.WriteEndObject();
    }

    private static void WriteInterface(Utf8JsonWriter json, AgentInterface agent)
    {
        json.WriteNumber("type", 1);
        json.WriteNumber("main", 1);
        json.WriteNumber("useip", agent.IsIp ? 1 : 0);
        json.WriteString("ip", agent.IsIp ? agent.Address : "");
        json.WriteString("dns", agent.IsIp ? "" : agent.Address);
        json.WriteString("port", $"{agent.Port}");
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, string idName, IEnumerable<string> ids)
    {
        json.WriteStartArray(name);
        foreach (string id in ids)
        {
            json.WriteStartObject();
            json.WriteString(idName, id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
