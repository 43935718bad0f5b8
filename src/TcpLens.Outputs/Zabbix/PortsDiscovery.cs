using System.Buffers;
using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;

namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// The value of <c>tcplens.ports.discovery</c>: the listening ports for low-level discovery, as an array (Zabbix manual, "Custom low-level
/// discovery rules"). The same ports in the same order as in <see cref="StatesDocument"/>.
/// </summary>
public static class PortsDiscovery
{
    public static void Write(DetailedReading reading, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, KeyNames.Json);
        json.WriteStartArray();
        foreach (var port in reading.Ports.Take(StatesDocument.PortsMaximum))
        {
            json.WriteStartObject();
            json.WriteString("{#PORT}", port.Port.ToString());
            json.WriteString("{#SCOPE}", port.Scope.ToString().ToLowerInvariant());
            json.WriteString("{#FAMILY}", port.Family);
            json.WriteString("{#EPHEMERAL}", IsEphemeral(port, reading.Limits) ? "yes" : "no");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Whether the port is one that the kernel gives automatically: such a listener comes and goes with its process.</summary>
    public static bool IsEphemeral(ListeningPort port, KernelLimits limits) => limits.EphemeralPorts?.Contains(port.Port) == true;
}
