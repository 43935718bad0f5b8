using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TcpLens.Zabbix.Plugin;

/// <summary>What a plugin sends to the agent.</summary>
public static class PluginAnswer
{
    // The agent answers keys (1) and is told options (2). A value is always text: a number would come out with six decimals.
    private const int Interfaces = 1 | 2;

    // The agent reads it, no browser does.
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to <see cref="PluginMessageType.RegisterRequest"/>.</summary>
    public static byte[] Register(uint id, PluginDescription description) => Frame(PluginMessageType.RegisterResponse, id, json =>
    {
        json.WriteString("name", description.Name);
        json.WriteStartArray("metrics");
        foreach (var metric in description.Metrics)
        {
            json.WriteStringValue(metric.Key);
            json.WriteStringValue(metric.Description);
        }

        json.WriteEndArray();
        json.WriteNumber("interfaces", Interfaces);
    });

    /// <summary>The answer to <see cref="PluginMessageType.ExportRequest"/>.</summary>
    public static byte[] Export(uint id, AgentAnswer answer) =>
        Frame(PluginMessageType.ExportResponse, id, json => json.WriteString(answer.IsSupported ? "value" : "error", answer.Text));

    /// <summary>The answer to <see cref="PluginMessageType.ValidateRequest"/>; without an error all is well.</summary>
    public static byte[] Validate(uint id, string? error) => Frame(PluginMessageType.ValidateResponse, id, json =>
    {
        if (error is not null)
            json.WriteString("error", error);
    });

    /// <summary>A line for the agent's log.</summary>
    public static byte[] Log(PluginSeverity severity, string message) => Frame(PluginMessageType.Log, 0, json =>
    {
        json.WriteNumber("severity", (int)severity);
        json.WriteString("message", message);
    });

    private static byte[] Frame(PluginMessageType type, uint id, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, s_json))
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteNumber("type", (uint)type);
            write(json);
            json.WriteEndObject();
        }

        return PluginFrame.ToBytes(bytes.WrittenSpan);
    }
}
