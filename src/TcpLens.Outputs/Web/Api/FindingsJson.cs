using System.Text.Json;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Monitoring;

namespace TcpLens.Outputs.Web.Api;

/// <summary>What the rules say of the latest report, in both languages.</summary>
internal static class FindingsJson
{
    public static void Write(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        json.WriteNumber("number", report.Number);
        json.WriteTime("time", report.At);
        WriteRecords(json, "open", report.Health.Open);
        WriteRecords(json, "closed", report.Health.Closed);
        json.WriteStartArray("checks");
        foreach (var check in report.Health.Checks)
        {
            json.WriteStartObject();
            json.WriteString("rule", check.Rule);
            json.WriteText("what", check.What);
            json.WriteString("result", check.Result.ToString().ToLowerInvariant());
            json.WriteText("told", check.Told);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRecords(Utf8JsonWriter json, string name, IEnumerable<FindingRecord> records)
    {
        json.WriteStartArray(name);
        foreach (var record in records)
            Write(json, record);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, FindingRecord record)
    {
        var finding = record.Finding;
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule);
        json.WriteString("severity", Name(finding.Level));
        json.WriteString("worst", Name(record.Worst));
        json.WriteTime("opened", record.Opened);
        json.WriteTime("closed", record.Closed);
        json.WriteStartObject("subject");
        json.WriteString("kind", finding.Subject.Kind.ToString().ToLowerInvariant());
        json.WriteString("key", finding.Subject.Key);
        json.WriteText("name", finding.Subject.Name);
        json.WriteString("owner", finding.Subject.Owner);
        json.WriteEndObject();
        json.WriteText("sentence", finding.Sentence);
        json.WriteStartArray("evidence");
        foreach (var one in finding.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteText("label", one.Label);
            json.WriteNumber("value", (double?)one.Value);
            json.WriteString("unit", one.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("confidence", finding.Confidence.ToString().ToLowerInvariant());
        json.WriteStartArray("ruled_out");
        foreach (var other in finding.RuledOut)
            json.WriteTextValue(other);
        json.WriteEndArray();
        json.WriteText("cause", finding.Cause);
        json.WriteText("advice", finding.Advice);
        json.WriteStartArray("remedies");
        foreach (var remedy in finding.Remedies)
        {
            json.WriteStartObject();
            json.WriteString("command", remedy.Command);
            json.WriteText("tells", remedy.Tells);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("source", finding.Source);
        json.WriteEndObject();
    }

    private static string Name(Severity level) => level.ToString().ToLowerInvariant();
}
