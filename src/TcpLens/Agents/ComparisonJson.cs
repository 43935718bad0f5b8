using System.Buffers;
using System.Text.Json;

namespace TcpLens.Agents;

/// <summary>The comparison for programs; reasons in English, a number that was not given as <c>null</c>.</summary>
internal static class ComparisonJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(RecipeComparison comparison, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            json.WriteString("user", comparison.User);
            json.WriteString("netstat", comparison.Netstat);
            json.WriteString("netstat_warning", comparison.Warning);
            WriteNumber(json, "recipe_ms", comparison.Netstat is null ? null : Math.Round(comparison.OldTook.TotalMilliseconds, 3));
            WriteNumber(json, "tcplens_ms", Math.Round(comparison.NewTook.TotalMilliseconds, 3));
            json.WriteStartArray("keys");
            foreach (var one in comparison.Keys)
            {
                json.WriteStartObject();
                json.WriteString("key", one.Key);
                WriteNumber(json, "recipe", one.Old);
                WriteNumber(json, "tcplens", one.New);
                json.WriteString("why", one.Why.English);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }
}
