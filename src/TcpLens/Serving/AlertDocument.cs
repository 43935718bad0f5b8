using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using TcpLens.Outputs.Json;

namespace TcpLens.Serving;

/// <summary>An alert as one JSON object, in English.</summary>
internal static class AlertDocument
{
    public static ReadOnlyMemory<byte> Of(Alert alert)
    {
        var bytes = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("event", alert.Event);
            json.WriteString("host", alert.HostName);
            json.WriteString("time", alert.At.UtcDateTime);
            json.WriteString("opened", alert.Record.Opened.UtcDateTime);
            if (alert.Record.Closed is { } closed)
                json.WriteString("closed", closed.UtcDateTime);
            else
                json.WriteNull("closed");
            json.WriteString("worst", alert.Record.Worst.ToString().ToLowerInvariant());
            json.WritePropertyName("finding");
            DoctorJson.Write(json, alert.Record.Finding);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
