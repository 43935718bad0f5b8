using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Json;
using TcpLens.Core.History;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web.Api;

/// <summary>Answers questions to the history.</summary>
internal sealed class HistoryApi(WebContent content, WebLimits limits) : IDisposable
{
    /// <summary>Points of all series together: some ten megabytes of JSON.</summary>
    public const int MostPoints = 400_000;

    private static readonly string s_states = string.Join(',', TcpStates.All.Select(info => MetricCatalog.IdOf(info.State)));

    private readonly BoundedGate _gate = new(limits.HistoryReaders, limits.WaitingHistoryReaders);

    public static ImmutableArray<Parameter> Parameters { get; } =
    [
        new("series", Shape.String, "Ids of series, separated by commas; the eleven states when missing.") { Standard = s_states },
        new("from", Shape.String, "RFC 3339 with a zone, milliseconds since 1970, or relative to now: -90s, -15m, -2h, -30d, -1y.") { Standard = "-1h" },
        new("to", Shape.String, "As from.") { Standard = "now" },
        new("points", Shape.Integer, "The most points of a series.") { Standard = "600", Range = (2, HistoryQuestion.MostPoints) },
    ];

    public async Task Answer(Request request)
    {
        var question = Question(request);
        var answer = await _gate.Run(() => content.History.Read(question), request.Aborted);
        request.Context.Response.ContentType = Reply.JsonType;
        if (request.IsHead)
            return;
        var output = request.Context.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, Reply.JsonOptions);
        json.WriteStartObject();
        json.WriteTime("from", question.From);
        json.WriteTime("to", question.To);
        json.WriteNumber("step_seconds", answer.Step.TotalSeconds);
        json.WriteStartArray("times");
        foreach (long time in answer.Times)
            json.WriteNumberValue(time);
        json.WriteEndArray();
        json.WriteStartObject("series");
        foreach (var curve in answer.Curves)
        {
            WriteCurve(json, curve);
            // A long answer leaves piece by piece instead of standing in the memory.
            await Flush(json, output, request.Aborted);
        }

        json.WriteEndObject();
        WriteAnnotations(json, answer);
        json.WriteText("trouble", answer.Trouble);
        json.WriteEndObject();
        await Flush(json, output, request.Aborted);
    }

    public void Dispose() => _gate.Dispose();

    private static async Task Flush(Utf8JsonWriter json, PipeWriter output, CancellationToken end)
    {
        json.Flush();
        await output.FlushAsync(end);
    }

    private static void WriteCurve(Utf8JsonWriter json, HistoryCurve curve)
    {
        json.WriteStartObject(curve.Series.Id);
        WriteNumbers(json, "min", curve.Minimum);
        WriteNumbers(json, "avg", curve.Average);
        WriteNumbers(json, "max", curve.Maximum);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ImmutableArray<double?> values)
    {
        json.WriteStartArray(name);
        foreach (double? value in values)
            JsonWriting.WriteNumberValue(json, value);
        json.WriteEndArray();
    }

    private static void WriteAnnotations(Utf8JsonWriter json, HistoryAnswer answer)
    {
        json.WriteStartArray("annotations");
        foreach (var annotation in answer.Annotations)
        {
            json.WriteStartObject();
            json.WriteTime("time", annotation.At);
            json.WriteString("kind", Kind(annotation.Kind));
            json.WriteText("text", annotation.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Kind(Core.Monitoring.AnnotationKind kind) =>
        kind == Core.Monitoring.AnnotationKind.KernelSetting ? "kernel_setting" : kind.ToString().ToLowerInvariant();

    private HistoryQuestion Question(Request request)
    {
        var now = content.Clock.GetUtcNow();
        var from = Time(request, "from", now);
        var to = Time(request, "to", now);
        if (from >= to)
            throw RefusedException.BadParameter(new("'from' has to lie before 'to'.", "“from”必须早于“to”。"));
        ImmutableArray<MetricSeries> series = [.. request.Word("series").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Select(Series)];
        if (series.IsEmpty)
            throw RefusedException.BadParameter(new("'series' names none.", "“series”没有指定任何序列。"));
        int points = request.Number("points");
        if ((long)points * series.Length > MostPoints)
        {
            throw RefusedException.BadParameter(new Phrase(
                "{0} series of {1} points are more than {2} points: ask for fewer.", "{0} 个序列各 {1} 个点，超过 {2} 个点的上限：请减少数量。")
                .With(series.Length, points, MostPoints));
        }

        return new HistoryQuestion(series, from, to, points);
    }

    private static DateTimeOffset Time(Request request, string name, DateTimeOffset now)
    {
        string word = request.Word(name);
        return TimeWord.TryParse(word, now, out var time)
            ? time.ToUniversalTime()
            : throw RefusedException.BadParameter(new Phrase(
                "'{0}' is no time: -2h, -30d, now, milliseconds since 1970, or 2026-01-31T12:00:00Z.", "“{0}”不是时间，应为 -2h、-30d、now、1970 年以来的毫秒数，或 2026-01-31T12:00:00Z。")
                .With(name));
    }

    private static MetricSeries Series(string id)
    {
        if (MetricSeries.Find(id) is { } series)
            return series;
        throw RefusedException.BadParameter(Nearest.Find(id, MetricSeries.All.Select(one => one.Id)) is { } nearest
            ? new Phrase("There is no series '{0}': did you mean '{1}'?", "没有序列“{0}”，是不是想写“{1}”？").With(Echo.Of(id), nearest)
            : new Phrase("There is no series '{0}': /api/v1/catalogue names them all.", "没有序列“{0}”：全部序列见 /api/v1/catalogue。").With(Echo.Of(id)));
    }
}
