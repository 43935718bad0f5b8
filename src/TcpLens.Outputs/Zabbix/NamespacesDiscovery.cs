using System.Buffers;
using System.Text.Json;
using TcpLens.Core.Model;

namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// The value of <c>tcplens.netns.discovery</c>: the network namespaces for low-level discovery. <c>{#ID}</c> is what
/// <c>tcplens.state</c> takes: a name may have characters that agents refuse in a parameter.
/// </summary>
public static class NamespacesDiscovery
{
    public static void Write(NamespaceSurvey survey, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, KeyNames.Json);
        json.WriteStartArray();
        foreach (var one in survey.Namespaces)
        {
            json.WriteStartObject();
            json.WriteString("{#NETNS}", one.Name);
            json.WriteString("{#ID}", one.Id.ToString());
            json.WriteString("{#KIND}", one.Kind.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
