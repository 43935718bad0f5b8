using System.Buffers;
using System.Text.Json;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Monitoring;

namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// The value of <c>tcplens.findings</c>, and the part of that name in <see cref="StatesDocument"/>: every rule with the severity and the sentence of
/// the worst that it has found. Without a monitor none is judged, and a remark says so: one look by itself can tell neither rates nor what lasts. At most 32 KB.
/// </summary>
public static class FindingsDocument
{
    /// <summary>Letters of a sentence: more than any rule says of a usual host.</summary>
    public const int SentenceMaximum = 240;

    private const string NobodyJudges = "no resident monitor (tcplens serve) judges this network namespace; tcplens doctor looks for itself";

    /// <summary>Writes the document without a final newline.</summary>
    /// <param name="health">What the resident monitor says; <see langword="null"/> where there is none.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(Health? health, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, KeyNames.Json);
        Write(json, health);
    }

    internal static void Write(Utf8JsonWriter json, Health? health)
    {
        json.WriteStartObject();
        json.WriteNumber("judged", health?.Checks.Count(check => check.Result != CheckResult.Unknown) ?? 0);
        if (health is null)
            json.WriteString("remark", NobodyJudges);
        else if (!health.Checks.IsEmpty)
        {
            json.WriteNumber("open", health.Open.Length);
            json.WriteNumber("worst", (int)health.Open.Select(one => one.Finding.Level).DefaultIfEmpty(Severity.Ok).Max());
            json.WriteStartArray("rules");
            foreach (var check in health.Checks)
                Write(json, check, [.. health.Open.Where(one => one.Finding.Rule == check.Rule)]);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // Of the open ones the worst stands first.
    private static void Write(Utf8JsonWriter json, Check check, FindingRecord[] open)
    {
        var worst = open.FirstOrDefault();
        json.WriteStartObject();
        json.WriteString("rule", check.Rule);
        json.WriteString("what", check.What.English);
        json.WriteString("what_zh", check.What.Chinese);
        json.WriteNumber("open", open.Length);
        json.WriteNumber("severity", (int)(worst?.Finding.Level ?? Severity.Ok));
        json.WriteString("sentence", Short(worst?.Finding.Sentence.English));
        json.WriteString("sentence_zh", Short(worst?.Finding.Sentence.Chinese));
        if (worst is not null)
        {
            json.WriteString("subject", worst.Finding.Subject.Key);
            json.WriteString("since", worst.Opened.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"));
        }

        json.WriteEndObject();
    }

    private static string Short(string? sentence) => sentence switch
    {
        null => "",
        { Length: <= SentenceMaximum } => sentence,
        _ => sentence[..(SentenceMaximum - 1)] + '…',
    };
}
