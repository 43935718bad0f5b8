using System.Buffers;
using System.Text.Json;
using TcpLens.Core.Diagnosis;

namespace TcpLens.Outputs.Json;

/// <summary>
/// An examination as one JSON document: <c>findings</c>, empty when nothing is wrong, and apart from them <c>checks</c>. Texts are English.
/// </summary>
public static class DoctorJson
{
    /// <summary>Digits behind the point.</summary>
    private const int Digits = 4;

    public static void Write(Examination examination, string version, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("version", version);
            json.WriteString("host", examination.HostName);
            json.WriteString("kernel", examination.Kernel);
            json.WriteString("netns", examination.Namespace);
            json.WriteString("time", examination.At.ToString("yyyy-MM-ddTHH:mm:ss.fffK"));
            json.WriteNumber("watched_seconds", Math.Round(examination.Watched.TotalSeconds, 3));
            json.WriteString("watched_by", examination.IsOfMonitor ? "monitor" : "doctor");
            json.WriteBoolean("healthy", examination.IsHealthy);
            json.WriteStartArray("findings");
            foreach (var record in examination.Health.Open)
                Write(json, record.Finding, record.Opened);
            json.WriteEndArray();
            json.WriteStartArray("checks");
            foreach (var check in examination.Health.Checks)
            {
                json.WriteStartObject();
                json.WriteString("rule", check.Rule);
                json.WriteString("what", check.What.English);
                json.WriteString("result", check.Result.ToString().ToLowerInvariant());
                json.WriteString("told", check.Told.English);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>One finding as an object: also what an alert carries.</summary>
    public static void Write(Utf8JsonWriter json, Finding finding, DateTimeOffset? opened = null)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule);
        json.WriteString("severity", finding.Level.ToString().ToLowerInvariant());
        if (opened is { } first)
            json.WriteString("first_seen", first.ToString("yyyy-MM-ddTHH:mm:ss.fffK"));
        json.WriteStartObject("subject");
        json.WriteString("kind", finding.Subject.Kind.ToString().ToLowerInvariant());
        json.WriteString("key", finding.Subject.Key);
        json.WriteString("name", finding.Subject.Name.English);
        json.WriteString("owner", finding.Subject.Owner);
        json.WriteEndObject();
        json.WriteString("sentence", finding.Sentence.English);
        json.WriteStartArray("evidence");
        foreach (var one in finding.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteNumber("value", Math.Round(one.Value, Digits));
            json.WriteString("unit", one.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("confidence", finding.Confidence.ToString().ToLowerInvariant());
        json.WriteStartArray("ruled_out");
        foreach (var other in finding.RuledOut)
            json.WriteStringValue(other.English);
        json.WriteEndArray();
        json.WriteString("cause", finding.Cause.English);
        json.WriteString("remedy", finding.Advice.English);
        json.WriteStartArray("commands");
        foreach (var remedy in finding.Remedies)
        {
            json.WriteStartObject();
            json.WriteString("command", remedy.Command);
            json.WriteString("tells", remedy.Tells.English);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("source", finding.Source);
        json.WriteEndObject();
    }
}
