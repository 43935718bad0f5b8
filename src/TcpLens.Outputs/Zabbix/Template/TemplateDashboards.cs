using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>The host dashboard: states, limits, ports.</summary>
internal sealed class TemplateDashboards(TemplateVariant variant, TemplateIdentity identity)
{
    private const int Height = 6;

    // 7.0 has a grid three times as fine and gives every widget a reference of five letters.
    private int Columns => variant.Version == TemplateVersion.V60 ? 24 : 72;

    private int _widgets;

    public IEnumerable<YamlMap> All() =>
    [
        new YamlMap()
            .Add("uuid", identity.Of("dashboard", "host"))
            .Add("name", new Phrase("TCP states", "TCP 状态").In(variant.Language))
            .Add("pages",
            [
                Page(new("States", "状态"), [Graph("states", 0, 0, Columns), Graph("long_lived", 0, 1, Columns / 2), Graph("transient", Columns / 2, 1, Columns / 2)]),
                Page(new("Limits", "上限"), [.. Stack("limits", "turnover", 0), .. Stack("drops", "trouble", Columns / 2)]),
                Page(new("Ports", "端口"), [Prototype("port.states", 0), Prototype("port.queues", 2)]),
            ]),
    ];

    private YamlMap Page(Phrase name, YamlMap[] widgets) => new YamlMap().Add("name", name.In(variant.Language)).Add("widgets", widgets);

    private YamlMap Graph(string graph, int x, int row, int width) => Widget("GRAPH_CLASSIC", "graph", x, row, width, [Field("GRAPH", "graphid", GraphOf(graph))], []);

    private YamlMap[] Stack(string upper, string lower, int x) => [Graph(upper, x, 0, Columns / 2), Graph(lower, x, 1, Columns / 2)];

    // Twice as high: two rows of graphs, one per port. 6.0 exports a widget's numbers first, 7.0 the fields by name.
    private YamlMap Prototype(string graph, int row)
    {
        var columns = new YamlMap().Add("type", "INTEGER").Add("name", "columns").Add("value", "3");
        var rows = new YamlMap().Add("type", "INTEGER").Add("name", "rows").Add("value", "2");
        var field = Field("GRAPH_PROTOTYPE", "graphid", GraphOf(graph));
        bool is60 = variant.Version == TemplateVersion.V60;
        return Widget("GRAPH_PROTOTYPE", "graphprototype", 0, row, Columns, is60 ? [columns, rows, field] : [columns, field], is60 ? [] : [rows], Height * 2);
    }

    // 7.0 wants a reference, in its place among the fields.
    private YamlMap Widget(string type60, string type70, int x, int row, int width, YamlMap[] fields, YamlMap[] lastFields, int height = Height)
    {
        bool is60 = variant.Version == TemplateVersion.V60;
        YamlMap[] reference = is60 ? [] : [new YamlMap().Add("type", "STRING").Add("name", "reference").Add("value", $"TCPL{(char)('A' + _widgets++)}")];
        return new YamlMap()
            .Add("type", is60 ? type60 : type70)
            .Add("x", x == 0 ? null : x.ToString())
            .Add("y", row == 0 ? null : (row * Height).ToString())
            .Add("width", width)
            .Add("height", height)
            .Add("fields", [.. fields, .. reference, .. lastFields]);
    }

    private YamlMap Field(string type, string name, YamlMap value) =>
        new YamlMap().Add("type", type).Add("name", variant.Version == TemplateVersion.V60 ? name : name + ".0").Add("value", value);

    private YamlMap GraphOf(string id)
    {
        var graph = TemplateGraphs.Host.Concat(TemplateGraphs.Port).First(one => one.Id == id);
        return new YamlMap().Add("host", variant.TechnicalName).Add("name", graph.Name.In(variant.Language));
    }
}
