using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Core.History;

namespace TcpLens.Outputs.Json;

/// <summary>
/// A part of the past as one JSON document: the times once, in milliseconds since 1970, and for each series as many values; what is not
/// known is <c>null</c>. Texts are English.
/// </summary>
public static class HistoryJson
{
    public static void Write(HistoryAnswer answer, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("step_seconds", answer.Step.TotalSeconds);
            json.WriteString("trouble", answer.Trouble?.English);
            json.WriteStartArray("times");
            foreach (long time in answer.Times)
                json.WriteNumberValue(time);
            json.WriteEndArray();
            json.WriteStartArray("series");
            foreach (var curve in answer.Curves)
            {
                json.WriteStartObject();
                json.WriteString("id", curve.Series.Id);
                json.WriteString("unit", curve.Series.Metric.Unit);
                json.WriteBoolean("per_second", curve.Series.IsRate);
                Write(json, "min", curve.Minimum);
                Write(json, "avg", curve.Average);
                Write(json, "max", curve.Maximum);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("annotations");
            foreach (var annotation in answer.Annotations)
            {
                json.WriteStartObject();
                json.WriteNumber("at", annotation.At.ToUnixTimeMilliseconds());
                json.WriteString("kind", annotation.Kind.ToString());
                json.WriteString("text", annotation.Text.English);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<double?> values)
    {
        json.WriteStartArray(name);
        foreach (double? value in values)
        {
            if (value is { } known)
                json.WriteNumberValue(Math.Round(known, 6));
            else
                json.WriteNullValue();
        }

        json.WriteEndArray();
    }
}
