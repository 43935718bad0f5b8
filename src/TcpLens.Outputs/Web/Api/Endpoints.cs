using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using TcpLens.Core.Explain;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Outputs.Json;
using TcpLens.Outputs.Prometheus;

namespace TcpLens.Outputs.Web.Api;

/// <summary>All endpoints, in one table: requests are answered by it, and the OpenAPI document is made of it.</summary>
internal sealed class Endpoints : IDisposable
{
    private const string ApiFolder = "/api/";
    private const string NoReport = "There is no report yet.";

    private static readonly Phrase s_noReport = new("There is no report yet: ask again in a second.", "尚无报告：请稍后再试。");

    private readonly WebSettings _settings;
    private readonly WebContent _content;
    private readonly ReportFeed _feed;
    private readonly HistoryApi _history;
    private readonly ConnectionsApi _connections;
    private readonly FrozenDictionary<string, Endpoint> _byPath;

    public Endpoints(WebSettings settings, WebContent content, CancellationToken stopping)
    {
        (_settings, _content) = (settings, content);
        _feed = new ReportFeed(content);
        _history = new HistoryApi(content, settings.Limits);
        _connections = new ConnectionsApi(content, settings.Limits);
        var stream = new ReportStream(_feed, settings.Limits, content.Clock, stopping);
        All =
        [
            new("/api/v1/states", "The states of the latest report, as `tcplens states --json` tells them.", AnswerStates) { Shape = Shapes.StatesDocument, Unavailable = NoReport },
            new("/api/v1/catalogue", "Names, colours, series, filter words and bounds: the same during a run.", AnswerCatalogue) { Shape = Shapes.Catalogue },
            new("/api/v1/explain/{state}", "What a state is, with this host's settings.", AnswerExplanation)
            {
                Parameters = [new("state", Shape.String, "A state in any spelling: time_wait, TIME-WAIT, timewait.") { IsInPath = true }],
                Shape = Shapes.Explanation,
            },
            new("/api/v1/report", "All that the monitor knows after its last tick.", AnswerReport) { Shape = Shapes.Report, Unavailable = NoReport },
            new("/api/v1/findings", "What is wrong and why: open findings, those that were closed last, and what was checked.", AnswerFindings) { Shape = Shapes.Findings, Unavailable = NoReport },
            new("/api/v1/stream", "Server-sent events: the latest report at once, then each new one (event `report`, the same JSON as /api/v1/report). A slow reader skips.", stream.Answer)
            {
                MediaType = "text/event-stream",
                IsBounded = true,
            },
            new("/api/v1/history", "Curves of the past, and what happened.", _history.Answer) { Parameters = HistoryApi.Parameters, Shape = Shapes.History, IsBounded = true },
            new("/api/v1/connections", "Connections by filter, counted all and shown in part.", _connections.AnswerRows)
            {
                Parameters = ConnectionsApi.RowParameters,
                Shape = Shapes.Connections,
                IsBounded = true,
                Unavailable = "The sockets cannot be read.",
            },
            new("/api/v1/connections/groups", "Connections counted by what they have in common.", _connections.AnswerGroups)
            {
                Parameters = ConnectionsApi.GroupParameters,
                Shape = Shapes.Groups,
                IsBounded = true,
                Unavailable = "The sockets cannot be read.",
            },
            new("/api/v1/openapi.json", "This document.", AnswerOpenApi) { Shape = Shape.Object() },
            new("/metrics", "For Prometheus, text format 0.0.4.", AnswerMetrics) { MediaType = "text/plain; version=0.0.4; charset=utf-8", Unavailable = NoReport },
            new("/healthz", "`ok` while samples come. Needs no token.", AnswerHealth) { MediaType = "text/plain; charset=utf-8", Unavailable = "No sample has come for three intervals." },
        ];
        _byPath = All.Where(endpoint => !endpoint.HasItem).ToFrozenDictionary(endpoint => endpoint.Path, StringComparer.Ordinal);
    }

    public ImmutableArray<Endpoint> All { get; }

    /// <summary>Whether the path belongs to the API; it is then answered, or refused by <see cref="RefusedException"/>.</summary>
    public async Task<bool> Answers(HttpContext context, string path)
    {
        if (_byPath.TryGetValue(path, out var endpoint))
        {
            await endpoint.Answer(new Request(context, endpoint, ""));
            return true;
        }

        if (!path.StartsWith(ApiFolder, StringComparison.Ordinal))
            return false;
        if (All.FirstOrDefault(one => one.HasItem && path.StartsWith(one.Prefix, StringComparison.Ordinal)) is not { } found)
            throw RefusedException.NotFound(new Phrase("There is no {0}: see /api/v1/openapi.json.", "没有 {0}：参见 /api/v1/openapi.json。").With(Echo.Of(path)));
        await found.Answer(new Request(context, found, path[found.Prefix.Length..]));
        return true;
    }

    public void Dispose()
    {
        _history.Dispose();
        _connections.Dispose();
    }

    private Task AnswerStates(Request request)
    {
        if (_content.Board.Latest is not { } report)
            throw RefusedException.Unavailable(s_noReport);
        if (report.ToHostReading() is not { } reading)
            throw RefusedException.Unavailable(report.Failure ?? s_noReport);
        var bytes = new ArrayBufferWriter<byte>(4096);
        StatesJson.Write(reading, bytes);
        return Reply.Bytes(request.Context, Reply.JsonType, bytes.WrittenMemory);
    }

    private Task AnswerCatalogue(Request request) => Reply.Json(request.Context, json => CatalogueJson.Write(json, _content.Version, hasLogin: _settings.Token is not null));

    private Task AnswerExplanation(Request request)
    {
        if (!TcpStates.TryParse(request.Item, out var info))
            throw Unknown(request.Item);
        return Reply.Json(request.Context, json => ExplainJson.Write(json, StatePages.For(info.State), _content.HostValues()));
    }

    private static RefusedException Unknown(string state)
    {
        var unknown = new Phrase("There is no state '{0}'", "没有状态“{0}”").With(Echo.Of(state));
        return RefusedException.NotFound(Nearest.Find(state, TcpStates.All.Select(one => one.Name)) is { } nearest
            ? unknown.Then(new Phrase(": did you mean '{0}'?", "，是不是想写“{0}”？").With(nearest))
            : unknown.Then(new Phrase(": one of {0}.", "，应为下列之一：{0}。").With(string.Join(", ", TcpStates.All.Select(one => one.Name)))));
    }

    private Task AnswerReport(Request request) =>
        Reply.Bytes(request.Context, Reply.JsonType, (_feed.Latest ?? throw RefusedException.Unavailable(s_noReport)).Json);

    private Task AnswerFindings(Request request)
    {
        var report = _content.Board.Latest ?? throw RefusedException.Unavailable(s_noReport);
        return Reply.Json(request.Context, json => FindingsJson.Write(json, report));
    }

    private Task AnswerOpenApi(Request request) => Reply.Json(request.Context, json => OpenApiJson.Write(json, All, _content.Version));

    private Task AnswerMetrics(Request request)
    {
        var report = _content.Board.Latest ?? throw RefusedException.Unavailable(s_noReport);
        var bytes = new ArrayBufferWriter<byte>(32 * 1024);
        ReportExposition.Write(report, _content.History.Status, _content.Deliveries(), _content.Version, _settings.NodeExporterNames, bytes);
        return Reply.Bytes(request.Context, "text/plain; version=0.0.4; charset=utf-8", bytes.WrittenMemory);
    }

    private Task AnswerHealth(Request request)
    {
        if (_content.Board.Latest is not { } report)
            throw RefusedException.Unavailable(s_noReport);
        // A clock that was set makes this wrong until the next sample, an interval later.
        var age = _content.Clock.GetUtcNow() - report.At;
        return age <= 3 * report.Pace.Interval
            ? Reply.Text(request.Context, "text/plain; charset=utf-8", "ok\n")
            : throw RefusedException.Unavailable(new Phrase("No sample for {0} seconds; one is due every {1}.", "已有 {0} 秒没有采样；应每 {1} 秒一次。")
                .With($"{age.TotalSeconds:0}", $"{report.Pace.Interval.TotalSeconds:0.#}"));
    }
}
