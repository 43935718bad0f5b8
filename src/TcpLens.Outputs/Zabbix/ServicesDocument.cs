using System.Buffers;
using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// The value of <c>tcplens.services</c>: the services with the most sockets and how many they hold in which states, for low-level discovery and dependent
/// items. A service that is not among them is absent, not 0.
/// </summary>
public static class ServicesDocument
{
    /// <summary>States that tell something of a service: what it serves, what it leaks, what it waits for.</summary>
    public static IReadOnlyList<TcpState> States { get; } =
        [TcpState.Listen, TcpState.SynSent, TcpState.Established, TcpState.FinWait1, TcpState.FinWait2, TcpState.TimeWait, TcpState.CloseWait, TcpState.LastAck];

    public static void Write(OwnerCensus owners, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, KeyNames.Json);
        json.WriteStartObject();
        json.WriteStartArray("services");
        foreach (var one in owners.Largest)
        {
            json.WriteStartObject();
            json.WriteString("service", Name(one, owners));
            json.WriteString("kind", one.Owner.Kind);
            json.WriteString("netns", one.Netns);
            json.WriteNumber("total", one.Total);
            json.WriteStartObject("states");
            foreach (var state in States)
                json.WriteNumber(state.Info().Name, one[state]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("others", owners.Others.Sum());
        json.WriteNumber("unknown", owners.Unknown.Sum());
        json.WriteString("remark", owners.Gap.Reason?.English ?? "");
        json.WriteEndObject();
    }

    // Unique in the document; quotes and backslashes would end the name where Zabbix has it in a path or a key.
    private static string Name(OwnerCount one, OwnerCensus owners)
    {
        string name = one.Owner.Service.Replace('"', '?').Replace('\\', '?').Replace('\'', '?');
        return one.Netns == owners.Own ? name : $"{name}@{one.Netns.Replace('"', '?').Replace('\\', '?').Replace('\'', '?')}";
    }
}
