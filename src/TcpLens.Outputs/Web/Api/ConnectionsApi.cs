using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Core.Filtering;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Outputs.Json;

namespace TcpLens.Outputs.Web.Api;

/// <summary>The connections themselves: read from the kernel on demand, one question at a time, never more rows than a page can show.</summary>
internal sealed class ConnectionsApi(WebContent content, WebLimits limits) : IDisposable
{
    /// <summary>More rows than anybody reads; who wants all of a million asks <c>tcplens list</c>.</summary>
    public const int MostRows = 1000;

    private static readonly Parameter s_filter = new("filter", Shape.String, "The filter language of tcplens list: state:close_wait port:443 remote:10.0.0.0/8") { Standard = "" };

    private readonly BoundedGate _gate = new(1, limits.WaitingPasses);

    public static ImmutableArray<Parameter> RowParameters { get; } =
    [
        s_filter,
        new("sort", Shape.OneOf([.. SocketOrder.All.Select(order => order.Name)]), "Sort key; without it the order is the kernel's."),
        new("reverse", Shape.OneOf("0", "1"), "1: the other way round.") { Standard = "0" },
        new("limit", Shape.Integer, "The most rows.") { Standard = "100", Range = (1, MostRows) },
        new("format", Shape.OneOf("json", "csv"), "csv: rows alone, RFC 4180 with a heading.") { Standard = "json" },
        new("download", Shape.OneOf("0", "1"), "1: as a file to be saved.") { Standard = "0" },
    ];

    public static ImmutableArray<Parameter> GroupParameters { get; } =
    [
        s_filter,
        new("by", Shape.OneOf([.. GroupBy.All.Select(group => group.Name)]), "What makes a group; remote_net24 is /24 of IPv4 and /64 of IPv6.") { Standard = "state" },
        new("limit", Shape.Integer, "The most groups, the largest first.") { Standard = "50", Range = (1, MostRows) },
    ];

    public async Task AnswerRows(Request request)
    {
        var filter = Filter(request);
        var order = SocketOrder.All.FirstOrDefault(one => one.Name == request.Word("sort"));
        bool isReversed = request.IsSet("reverse");
        if (isReversed && order is null)
            throw RefusedException.BadParameter(new("'reverse' needs 'sort'.", "“reverse”需要与“sort”一起使用。"));
        var rows = new SocketRows(isReversed ? order!.Reversed() : order, request.Number("limit"));
        string format = request.Word("format");
        if (request.IsSet("download"))
            request.Context.Response.Headers.ContentDisposition = $"attachment; filename=\"tcplens-connections.{format}\"";

        var (pass, duration) = await Stream(filter, rows, request);
        if (format == "csv")
        {
            await Reply.Text(request.Context, "text/csv; charset=utf-8", ConnectionCsv.Write(rows.Take()));
            return;
        }

        await Reply.Json(request.Context, json =>
        {
            var shown = rows.Take();
            json.WriteStartObject();
            json.WriteString("filter", filter.ToString());
            json.WriteNumber("matched", rows.Matched);
            json.WriteNumber("shown", shown.Count);
            json.WriteStartArray("connections");
            foreach (var listed in shown)
                ConnectionJson.Write(json, listed);
            json.WriteEndArray();
            WriteHow(json, pass, duration);
            json.WriteEndObject();
        });
    }

    public async Task AnswerGroups(Request request)
    {
        var filter = Filter(request);
        var by = GroupBy.All.First(one => one.Name == request.Word("by"));
        int most = request.Number("limit");
        var groups = new SocketGroups(by);
        var (pass, duration) = filter.IsOfStates && by.Key is { } key
            ? await Ask(() => content.Connections.Count(filter, key, _ => groups), request)
            : await Stream(filter, groups, request);
        await Reply.Json(request.Context, json =>
        {
            json.WriteStartObject();
            json.WriteString("filter", filter.ToString());
            json.WriteString("by", by.Name);
            json.WriteNumber("matched", groups.Matched);
            json.WriteStartArray("groups");
            long told = 0;
            int count = 0;
            foreach (var (key, total, byState) in groups.Largest(most))
            {
                WriteGroup(json, by, key, total, byState);
                told += total;
                count++;
            }

            json.WriteEndArray();
            json.WriteStartObject("other");
            json.WriteNumber("groups", groups.Count - count);
            json.WriteNumber("total", groups.Matched - told);
            // There were more groups than are told apart: their number is not known.
            json.WriteBoolean("is_at_least", groups.Unplaced > 0);
            json.WriteEndObject();
            json.WriteString("filter_word", by.FilterWord);
            WriteHow(json, pass, duration);
            json.WriteEndObject();
        });
    }

    public void Dispose() => _gate.Dispose();

    private static void WriteGroup(Utf8JsonWriter json, GroupBy by, string key, int total, ArraySegment<int> byState)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteString("filter", by.FilterOf(key));
        json.WriteNumber("total", total);
        json.WriteStartObject("states");
        foreach (var info in TcpStates.All)
        {
            if (byState[(int)info.State] is > 0 and var count)
                json.WriteNumber(info.Name, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteHow(Utf8JsonWriter json, Pass pass, TimeSpan duration)
    {
        json.WriteString("completeness", pass.Completeness.ToString().ToLowerInvariant());
        json.WriteText("completeness_reason", pass.Reason);
        json.WriteMilliseconds("duration_ms", duration);
    }

    private static SocketFilter Filter(Request request) => SocketFilter.TryParse(request.Word(s_filter.Name), out var filter, out var error)
        ? filter
        : throw new RefusedException(400, "bad_filter", new Phrase(error.Render(Language.English), error.Render(Language.Chinese)));

    private Task<(Pass Worst, TimeSpan Duration)> Stream(SocketFilter filter, ISocketTable table, Request request) =>
        Ask(() => content.Connections.Stream(filter, netns => new NamedSink(filter, netns, table, request.Aborted)), request);

    private Task<(Pass Worst, TimeSpan Duration)> Ask(Func<IReadOnlyList<NamespacePass>> pass, Request request) => _gate.Run(
        () =>
        {
            long start = content.Clock.GetTimestamp();
            try
            {
                var worst = pass().FirstOrDefault(one => one.Pass.Completeness != Completeness.Complete).Pass ?? Pass.Whole;
                return (worst, content.Clock.GetElapsedTime(start));
            }
            catch (SourceUnavailableException unavailable)
            {
                throw RefusedException.Unavailable(new Phrase("The sockets cannot be read: {0}", "无法读取套接字：{0}").With(unavailable.Reason));
            }
        },
        request.Aborted);
}
