using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TcpLens.Zabbix.Buffer;
using TcpLens.Zabbix.Sender;

namespace TcpLens.Zabbix.Active;

/// <summary>What an active agent says, in the words of agent 2 of 7.0; servers of 6.0 take the same (Zabbix manual, "Passive and active agent checks").</summary>
public static class ActiveMessages
{
    /// <summary>Agent 2.</summary>
    private const int Variant = 2;

    /// <summary>"Which items shall I collect?"</summary>
    /// <param name="settings">Who asks.</param>
    /// <param name="session">32 hexadecimal digits. A server of 7.0 remembers by it which revision we have.</param>
    /// <param name="revision">The revision of the list that we have; 0 = none.</param>
    public static byte[] ListRequest(ActiveSettings settings, string session, ulong revision) => Write(json =>
    {
        json.WriteString("request", "active checks");
        WriteSelf(json, settings);
        if (settings.HostMetadata is { } metadata)
            json.WriteString("host_metadata", metadata);
        if (settings.HostInterface is { } own)
            json.WriteString("interface", own);
        if (settings.ListenAddress is { } address)
            json.WriteString("ip", address);
        if (settings.ListenPort != 10050)
            json.WriteNumber("port", settings.ListenPort);
        json.WriteNumber("config_revision", revision);
        json.WriteString("session", session);
    });

    /// <summary>Values, all of one session. The item of each is its number.</summary>
    public static byte[] Data(ActiveSettings settings, IReadOnlyList<WaitingValue> values, DateTimeOffset now) => Write(json =>
    {
        json.WriteString("request", "agent data");
        WriteSelf(json, settings);
        json.WriteString("session", values[0].Session);
        json.WriteStartArray("data");
        foreach (var (_, id, value) in values)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteNumber("itemid", ulong.Parse(value.Item, CultureInfo.InvariantCulture));
            json.WriteString("value", value.Text);
            if (!value.IsSupported)
                json.WriteNumber("state", 1);
            json.WriteNumber("clock", value.Clock);
            json.WriteNumber("ns", value.Nanoseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        TrapperMessage.WriteTime(json, now);
    });

    /// <summary>"I live, and will say so again." A server of 6.2 or newer shows by it whether active checks are available.</summary>
    public static byte[] Heartbeat(ActiveSettings settings) => Write(json =>
    {
        json.WriteString("request", "active check heartbeat");
        WriteSelf(json, settings);
        json.WriteNumber("heartbeat_freq", (int)settings.Heartbeat.TotalSeconds);
    });

    private static void WriteSelf(Utf8JsonWriter json, ActiveSettings settings)
    {
        json.WriteString("host", settings.Host);
        json.WriteString("version", settings.Version);
        json.WriteNumber("variant", Variant);
    }

    private static byte[] Write(Action<Utf8JsonWriter> body)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        body(json);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
