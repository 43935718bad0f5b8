using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Core.Filtering;
using TcpLens.Core.Grouping;
using TcpLens.Core.Owners;
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
        new("prefix", Shape.String, "Of remote_net: the lengths of the prefixes, of IPv4 (24), IPv6 (48) or both (16,48).") { Standard = "24,64" },
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

        var (pass, duration, _) = await Stream(filter, rows, withOwners: true, request);
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
                ConnectionJson.Write(json, listed, withOwner: true);
            json.WriteEndArray();
            WriteHow(json, pass, duration);
            json.WriteEndObject();
        });
    }

    public async Task AnswerGroups(Request request)
    {
        var filter = Filter(request);
        var by = By(request);
        int most = request.Number("limit");
        var table = new GroupTable(by);
        var groups = table.Groups;
        var (pass, duration, owned) = filter.IsOfStates && by.Key is { } key
            ? await Ask(() => (content.Connections.Count(filter, key, _ => groups), null), request)
            : await Stream(filter, table, by.NeedsOwner, request);
        var gap = new OwnerGap(groups.Matched, groups.UnknownHeld, groups.UnknownKernel, owned?.Denied ?? 0, owned?.IsCut ?? false, owned?.Refusal);
        var reading = new GroupReading(by, filter.ToString(), groups, most, pass, gap);
        await Reply.Json(request.Context, json =>
        {
            json.WriteStartObject();
            json.WriteString("filter", reading.Filter);
            json.WriteString("by", by.Name);
            json.WriteNumber("matched", groups.Matched);
            GroupsJson.WriteGroups(json, reading);
            json.WriteStartObject("unknown");
            json.WriteNumber("total", gap.Total);
            json.WriteText("reason", gap.Reason);
            json.WriteEndObject();
            json.WriteString("filter_word", by.FilterWord);
            WriteHow(json, pass, duration);
            json.WriteEndObject();
        });
    }

    public void Dispose() => _gate.Dispose();

    private static void WriteHow(Utf8JsonWriter json, Pass pass, TimeSpan duration)
    {
        json.WriteString("completeness", pass.Completeness.ToString().ToLowerInvariant());
        json.WriteText("completeness_reason", pass.Reason);
        json.WriteMilliseconds("duration_ms", duration);
    }

    private static SocketFilter Filter(Request request) => SocketFilter.TryParse(request.Word(s_filter.Name), out var filter, out var error)
        ? filter
        : throw new RefusedException(400, "bad_filter", new Phrase(error.Render(Language.English), error.Render(Language.Chinese)));

    private static GroupBy By(Request request)
    {
        var by = GroupBy.All.First(one => one.Name == request.Word("by"));
        if (by.Name != "remote_net")
            return by;
        return GroupBy.WithPrefix(request.Word("prefix")) ?? throw RefusedException.BadParameter(new(
            "'prefix' takes the length of a prefix of IPv4 (24), of IPv6 (48), or both (16,48).", "“prefix”应为 IPv4 前缀长度（24）、IPv6 前缀长度（48），或两者（16,48）。"));
    }

    private Task<(Pass Worst, TimeSpan Duration, OwnedPasses? Owned)> Stream(SocketFilter filter, ISocketTable table, bool withOwners, Request request) => Ask(
        () =>
        {
            if (!withOwners && !filter.AsksOwner)
                return (content.Connections.Stream(filter, netns => new NamedSink(filter, netns, null, table, request.Aborted)), null);
            var owned = content.Connections.StreamOwned(filter, (netns, owners) => new NamedSink(filter, netns, owners, table, request.Aborted));
            return (owned.Passes, owned);
        },
        request);

    private Task<(Pass Worst, TimeSpan Duration, OwnedPasses? Owned)> Ask(Func<(IReadOnlyList<NamespacePass> Passes, OwnedPasses? Owned)> ask, Request request) => _gate.Run(
        () =>
        {
            long start = content.Clock.GetTimestamp();
            try
            {
                var (passes, owned) = ask();
                var worst = passes.FirstOrDefault(one => one.Pass.Completeness != Completeness.Complete).Pass ?? Pass.Whole;
                return (worst, content.Clock.GetElapsedTime(start), owned);
            }
            catch (SourceUnavailableException unavailable)
            {
                throw RefusedException.Unavailable(new Phrase("The sockets cannot be read: {0}", "无法读取套接字：{0}").With(unavailable.Reason));
            }
        },
        request.Aborted);
}
