using System.Buffers;
using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Json;

/// <summary>
/// One reading as JSON, for programs: names in lower case as Linux has them, reasons in English, a count that a source cannot see as
/// <c>null</c> and never as 0. With several namespaces the outer <c>states</c> are their sum.
/// </summary>
public static class StatesJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes the document and a final newline.</summary>
    public static void Write(HostReading host, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            json.WriteString("host", host.HostName);
            json.WriteString("kernel", host.Kernel);
            json.WriteString("time", host.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
            json.WriteString("netns", host.IsAll ? "all" : host.Namespaces[0].Name);
            if (host.OtherNamespaces is { } others)
                json.WriteNumber("other_netns", others);
            else
                json.WriteNull("other_netns");
            WriteReading(json, host.Whole, null);
            if (host.Namespaces.Length > 1)
                WriteNamespaces(json, host);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteNamespaces(Utf8JsonWriter json, HostReading host)
    {
        json.WriteStartArray("namespaces");
        foreach (var one in host.Namespaces)
        {
            json.WriteStartObject();
            json.WriteString("netns", one.Name);
            json.WriteNumber("id", one.Id);
            WriteReading(json, one.Reading, one.Failure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteReading(Utf8JsonWriter json, StateReading? reading, Phrase? failure)
    {
        if (reading is null)
        {
            json.WriteString("error", failure?.English ?? "no namespace could be read");
            return;
        }

        json.WriteString("source", reading.Source);
        WriteReason(json, "source_reason", reading.SourceReason);
        json.WriteNumber("duration_ms", Milliseconds(reading.Duration));
        json.WriteNumber("setup_ms", Milliseconds(reading.Setup));
        json.WriteString("completeness", reading.Completeness.ToString().ToLowerInvariant());
        WriteReason(json, "completeness_reason", reading.CompletenessReason);
        json.WriteStartObject("states");
        foreach (var info in TcpStates.All)
            WriteCount(json, info.Name, reading.Counts[info.State]);
        json.WriteEndObject();
        WriteReason(json, "close_reason", reading.Counts.CloseUnseen);
        json.WriteNumber("fin_wait2_orphaned", reading.Counts.OrphanFinWait2);
        WriteCount(json, "sum", reading.Counts.Sum);
    }

    /// <summary>Writes one state's count by family, or <c>null</c> where it cannot be seen.</summary>
    internal static void WriteCount(Utf8JsonWriter json, string name, StateCount? count)
    {
        if (count is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("total", known.Total);
        json.WriteNumber("ipv4", known.Ipv4);
        json.WriteNumber("ipv6", known.Ipv6);
        json.WriteNumber("v4mapped", known.V4Mapped);
        json.WriteEndObject();
    }

    private static void WriteReason(Utf8JsonWriter json, string name, Phrase? reason)
    {
        if (reason is { } known)
            json.WriteString(name, known.English);
        else
            json.WriteNull(name);
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
