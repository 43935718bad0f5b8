using System.Text.Json;
using TcpLens.Core.Explain;
using TcpLens.Core.Filtering;
using TcpLens.Core.Grouping;
using TcpLens.Core.History;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;

namespace TcpLens.Outputs.Web.Api;

/// <summary>What the dashboard has to know once: names, colours, words and bounds.</summary>
internal static class CatalogueJson
{
    public static void Write(Utf8JsonWriter json, string version, bool hasLogin)
    {
        json.WriteStartObject();
        json.WriteString("version", version);
        json.WriteBoolean("has_login", hasLogin);
        WriteStates(json);
        WriteSeries(json);
        json.WriteStartObject("machine");
        json.WriteText("title", StateMachine.Title);
        json.WriteText("left_out", StateMachine.LeftOut);
        json.WriteEndObject();
        WriteFilterKeys(json);
        json.WriteStrings("sort_keys", SocketOrder.All.Select(order => order.Name));
        json.WriteStartArray("group_keys");
        foreach (var group in GroupBy.All)
        {
            json.WriteStartObject();
            json.WriteString("name", group.Name);
            json.WriteText("label", group.Label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("limits");
        json.WriteNumber("connections", ConnectionsApi.MostRows);
        json.WriteNumber("points", HistoryQuestion.MostPoints);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStates(Utf8JsonWriter json)
    {
        json.WriteStartArray("states");
        foreach (var info in TcpStates.All)
        {
            json.WriteStartObject();
            json.WriteString("name", info.Name);
            json.WriteString("linux", info.Linux);
            json.WriteString("rfc", info.Rfc);
            json.WriteString("ss", info.Ss);
            json.WriteString("chinese", info.Chinese);
            json.WriteString("group", Group(info.Group));
            json.WriteString("colour", info.Colour.ToString());
            json.WriteText("meaning", info.Meaning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSeries(Utf8JsonWriter json)
    {
        json.WriteStartArray("series");
        foreach (var series in MetricSeries.All)
        {
            json.WriteStartObject();
            json.WriteString("id", series.Id);
            json.WriteText("name", series.Metric.Name);
            json.WriteText("description", series.Metric.Description);
            json.WriteString("unit", series.Metric.Unit);
            json.WriteBoolean("is_rate", series.IsRate);
            json.WriteString("component", series.Metric.Component);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFilterKeys(Utf8JsonWriter json)
    {
        json.WriteStartArray("filter_keys");
        foreach (var key in FilterKeys.All)
        {
            json.WriteStartObject();
            json.WriteString("name", key.Name);
            json.WriteString("example", key.Example);
            json.WriteText("description", key.Description);
            json.WriteStrings("values", key.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Group(StateGroup group) => group switch
    {
        StateGroup.Idle => "neutral",
        StateGroup.Opening => "opening",
        StateGroup.Open => "open",
        StateGroup.ClosingByUs => "closing_local",
        StateGroup.ClosingByPeer => "closing_peer",
        _ => throw new ArgumentOutOfRangeException(nameof(group)),
    };
}
