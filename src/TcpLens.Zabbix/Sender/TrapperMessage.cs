using System.Buffers;
using System.Text.Json;

namespace TcpLens.Zabbix.Sender;

/// <summary>The message with which zabbix_sender sends values (Zabbix manual, "Zabbix sender protocol"): "sender data", every value with its own clock.</summary>
public static class TrapperMessage
{
    /// <summary>Values in one message, as many as zabbix_sender puts into one.</summary>
    public const int ValuesMaximum = 250;

    /// <summary>Bytes of values in one message; a longer value goes alone.</summary>
    public const int BytesMaximum = 1 << 20;

    /// <summary>The data of one packet.</summary>
    /// <param name="values">At most <see cref="ValuesMaximum"/>.</param>
    /// <param name="now">When the message is sent.</param>
    public static byte[] ToBytes(ReadOnlySpan<TrapperValue> values, DateTimeOffset now)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("request", "sender data");
        json.WriteStartArray("data");
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("host", value.Host);
            json.WriteString("key", value.Key);
            json.WriteString("value", value.Text);
            json.WriteNumber("clock", value.Clock);
            json.WriteNumber("ns", value.Nanoseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTime(json, now);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The sender's own time, by which the server notes how far the clocks are apart.</summary>
    internal static void WriteTime(Utf8JsonWriter json, DateTimeOffset now)
    {
        json.WriteNumber("clock", now.ToUnixTimeSeconds());
        json.WriteNumber("ns", now.Ticks % TimeSpan.TicksPerSecond * 100);
    }
}
