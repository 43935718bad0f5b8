using TcpLens.Core.Metrics;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>
/// The host dashboard: states, limits, ports. 7.0 draws its newer graph widget; 6.0 has only the classic graph on a host dashboard, whose legend
/// takes a line per item from the picture, so that it gets more room.
/// </summary>
internal sealed class TemplateDashboards(TemplateVariant variant, TemplateIdentity identity)
{
    private const int LegendColumns = 4;

    private int _widgets;

    private bool Is60 => variant.Version == TemplateVersion.V60;

    // 7.0 has a grid three times as fine and gives every widget a reference of five letters.
    private int Columns => Is60 ? 24 : 72;

    private int Height => Is60 ? 8 : 5;

    // The classic graph, in 7.0 as well.
    private int PrototypeHeight => Is60 ? 16 : 14;

    public IEnumerable<YamlMap> All() =>
    [
        new YamlMap()
            .Add("uuid", identity.Of("dashboard", "host"))
            .Add("name", new Phrase("TCP states", "TCP 状态").In(variant.Language))
            .Add("pages",
            [
                Page(new("States", "状态"), [Graph("states", 0, 0, Columns), Graph("long_lived", 0, Height, Columns / 2), Graph("transient", Columns / 2, Height, Columns / 2)]),
                Page(new("Limits", "上限"), [.. Stack("limits", "turnover", 0), .. Stack("drops", "trouble", Columns / 2)]),
                Page(new("Ports", "端口"), [Prototype("port.states", 0), Prototype("port.queues", PrototypeHeight)]),
            ]),
    ];

    private static TemplateGraph Find(string id) => TemplateGraphs.Host.Concat(TemplateGraphs.Port).First(one => one.Id == id);

    private YamlMap Page(Phrase name, YamlMap[] widgets) => new YamlMap().Add("name", name.In(variant.Language)).Add("widgets", widgets);

    private YamlMap[] Stack(string upper, string lower, int x) => [Graph(upper, x, 0, Columns / 2), Graph(lower, x, Height, Columns / 2)];

    private YamlMap Graph(string id, int x, int y, int width) => Is60
        ? Widget("GRAPH_CLASSIC", null, x, y, width, Height, [Field("GRAPH", "graphid", GraphOf(id))])
        : Widget("svggraph", Find(id).Name.In(variant.Language), x, y, width, Height, Lines(Find(id), width == Columns ? LegendColumns : LegendColumns / 2));

    // One data set with a colour for every item; fields of an export stand in the order of their names.
    private IEnumerable<YamlMap> Lines(TemplateGraph graph, int legendColumns)
    {
        for (int line = 0; line < graph.Lines.Count; line++)
            yield return Field("STRING", $"ds.0.color.{line}", graph.Lines[line].Colour);
        yield return Field("INTEGER", "ds.0.dataset_type", "0");
        yield return Field("INTEGER", "ds.0.fill", "0");
        for (int line = 0; line < graph.Lines.Count; line++)
        {
            yield return Field("ITEM", $"ds.0.itemids.{line}", new YamlMap()
                .Add("host", variant.TechnicalName)
                .Add("key", TemplateKeys.Of(MetricCatalog.Of(graph.Lines[line].Metric))));
        }

        yield return Field("INTEGER", "ds.0.transparency", "0");
        yield return Field("INTEGER", "ds.0.width", "2");
        if (legendColumns != LegendColumns)
            yield return Field("INTEGER", "legend_columns", $"{legendColumns}");
        yield return Field("INTEGER", "legend_lines", $"{(graph.Lines.Count + legendColumns - 1) / legendColumns}");
        yield return Reference();
    }

    // Two rows of graphs, one per port. 6.0 exports a widget's numbers first, 7.0 the fields by name.
    private YamlMap Prototype(string id, int y)
    {
        var columns = Field("INTEGER", "columns", "3");
        var rows = Field("INTEGER", "rows", "2");
        return Is60
            ? Widget("GRAPH_PROTOTYPE", null, 0, y, Columns, PrototypeHeight, [columns, rows, Field("GRAPH_PROTOTYPE", "graphid", GraphOf(id))])
            : Widget("graphprototype", null, 0, y, Columns, PrototypeHeight, [columns, Field("GRAPH_PROTOTYPE", "graphid.0", GraphOf(id)), Reference(), rows]);
    }

    private YamlMap Reference() => Field("STRING", "reference", $"TCPL{(char)('A' + _widgets++)}");

    private static YamlMap Widget(string type, string? name, int x, int y, int width, int height, IEnumerable<YamlMap> fields) => new YamlMap()
        .Add("type", type)
        .Add("name", name)
        .Add("x", x == 0 ? null : x.ToString())
        .Add("y", y == 0 ? null : y.ToString())
        .Add("width", width)
        .Add("height", height)
        .Add("fields", fields);

    private static YamlMap Field(string type, string name, string value) => new YamlMap().Add("type", type).Add("name", name).Add("value", value);

    private static YamlMap Field(string type, string name, YamlMap value) => new YamlMap().Add("type", type).Add("name", name).Add("value", value);

    private YamlMap GraphOf(string id) => new YamlMap().Add("host", variant.TechnicalName).Add("name", Find(id).Name.In(variant.Language));
}
