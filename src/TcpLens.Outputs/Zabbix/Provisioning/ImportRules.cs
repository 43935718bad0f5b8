using System.Text.Json;
using TcpLens.Zabbix.Api;

namespace TcpLens.Outputs.Zabbix.Provisioning;

/// <summary>
/// What an import may do: create and update, never delete. What a site added to the template stays, and no history is lost
/// (Zabbix manual, "API", configuration.import).
/// </summary>
internal static class ImportRules
{
    private static readonly string[] s_kinds = ["templates", "items", "triggers", "discoveryRules", "graphs", "valueMaps", "httptests", "templateDashboards"];

    /// <summary>The parameters of configuration.import and configuration.importcompare.</summary>
    public static void WriteParameters(Utf8JsonWriter json, string template, ZabbixVersion version)
    {
        json.WriteStartObject();
        json.WriteString("format", "yaml");
        json.WriteStartObject("rules");
        foreach (string kind in s_kinds.Prepend(version.HasTemplateGroups ? "template_groups" : "groups"))
        {
            json.WriteStartObject(kind);
            json.WriteBoolean("createMissing", true);
            json.WriteBoolean("updateExisting", true);
            json.WriteEndObject();
        }

        json.WriteStartObject("templateLinkage");
        json.WriteBoolean("createMissing", true);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("source", template);
        json.WriteEndObject();
    }
}
