using TcpLens.Core.Metrics;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>The items of a template: the master, and one dependent item per metric.</summary>
internal sealed class TemplateItems(TemplateVariant variant, TemplateIdentity identity)
{
    /// <summary>The master item's name; guidelines let it begin with "Get".</summary>
    public static Phrase MasterName => new("Get TCP states", "获取 TCP 状态");

    public static Phrase CompleteMap => new("TcpLens: reading", "TcpLens：读取结果");

    public static Phrase SyncookiesMap => Phrase.Same("tcp_syncookies");

    public static Phrase ReuseMap => Phrase.Same("tcp_tw_reuse");

    public static Phrase MonitorMap => new("TcpLens: resident monitor", "TcpLens：常驻监控");

    public static Phrase SeverityMap => new("TcpLens: severity", "TcpLens：级别");

    private string In(Phrase phrase) => phrase.In(variant.Language);

    public YamlMap Master() => new YamlMap()
        .Add("uuid", identity.Of("item", KeyNames.States))
        .Add("name", In(MasterName))
        .Add("type", variant.ItemType)
        .Add("key", KeyNames.States)
        .Add("delay", variant.Delay)
        .Add("history", "0")
        .Add("trends", "0")
        .Add("value_type", "TEXT")
        .Add("description", In(new(
            "One reading of the kernel as JSON; all other items are parts of it, so that they belong to the same moment.",
            "一次内核读取的 JSON 结果；其他监控项均取自其中，因此属于同一时刻。")))
        .Add("tags", Tags("raw"));

    /// <summary>The item, or prototype, of a metric with the triggers that look at nothing else.</summary>
    public YamlMap Of(Metric metric, string triggersName, IEnumerable<YamlMap> triggers)
    {
        bool isText = metric.Kind == MetricKind.Text;
        return new YamlMap()
            .Add("uuid", identity.Of(metric.Dimension == MetricDimension.Host ? "item" : "item_prototype", metric.Id))
            .Add("name", In(NameOf(metric)))
            .Add("type", "DEPENDENT")
            .Add("key", TemplateKeys.Of(metric))
            .Add("delay", "0")
            .Add("history", "7d")
            .Add("trends", isText ? "0" : null)
            .Add("value_type", isText ? metric.IsSentence || metric.Id == "reading.remark" ? "TEXT" : "CHAR" : metric.IsFractional ? "FLOAT" : null)
            .Add("units", UnitOf(metric))
            .Add("description", In(metric.Description))
            .Add("valuemap", MapOf(metric) is { } map ? new YamlMap().Add("name", In(map)) : null)
            .Add("preprocessing", Preprocessing(metric))
            .Add("master_item", new YamlMap().Add("key", KeyNames.States))
            .Add("tags", Tags(metric.Component, metric.Dimension))
            .Add(triggersName, triggers);
    }

    /// <summary>The name of a metric's item; a port's begins with the port, a rule's with what the rule looks at.</summary>
    public static Phrase NameOf(Metric metric) => metric.Dimension switch
    {
        MetricDimension.Port => new("Port {#PORT}: " + metric.Name.English, "端口 {#PORT}：" + metric.Name.Chinese),
        MetricDimension.Rule => new("Diagnosis, {#WHAT}: " + metric.Name.English, "诊断，{#WHAT}：" + metric.Name.Chinese),
        _ => new("TCP: " + metric.Name.English, "TCP：" + metric.Name.Chinese),
    };

    /// <summary>Zabbix puts no unit behind a rate by itself.</summary>
    public static string? UnitOf(Metric metric) => metric.Kind == MetricKind.Counter ? "!/s" : metric.Unit.Length > 0 ? metric.Unit : null;

    public static IEnumerable<YamlMap> Tags(string component, MetricDimension dimension = MetricDimension.Host)
    {
        foreach (string value in new[] { "network", component }.Order(StringComparer.Ordinal))
            yield return new YamlMap().Add("tag", "component").Add("value", value);
        if (dimension == MetricDimension.Port)
            yield return new YamlMap().Add("tag", "port").Add("value", "{#PORT}");
        else if (dimension == MetricDimension.Rule)
            yield return new YamlMap().Add("tag", "rule").Add("value", "{#RULE}");
    }

    /// <summary>The value maps.</summary>
    public IEnumerable<YamlMap> ValueMaps() =>
    [
        ValueMap("complete", CompleteMap, [new("incomplete", "不完整"), new("complete", "完整")]),
        ValueMap("syncookies", SyncookiesMap, [new("never", "从不"), new("when the SYN queue is full", "SYN 队列满时"), new("always", "总是")]),
        ValueMap("reuse", ReuseMap, [new("never", "从不"), new("every outgoing connection", "所有出站连接"), new("loopback only", "仅环回")]),
        ValueMap("monitor", MonitorMap, [new("not reached", "无应答"), new("runs", "运行")]),
        ValueMap("severity", SeverityMap, [new("nothing found", "未发现问题"), new("notice", "提示"), new("warning", "警告"), new("critical", "严重")]),
    ];

    private YamlMap ValueMap(string id, Phrase name, Phrase[] meanings) => new YamlMap()
        .Add("uuid", identity.Of("valuemap", id))
        .Add("name", In(name))
        .Add("mappings", meanings.Select((meaning, value) => new YamlMap().Add("value", value).Add("newvalue", In(meaning))));

    private static Phrase? MapOf(Metric metric) => metric.Id switch
    {
        "reading.complete" => CompleteMap,
        "monitor.runs" => MonitorMap,
        "limit.tcp_syncookies" => SyncookiesMap,
        "limit.tcp_tw_reuse" => ReuseMap,
        "findings.worst" or "finding.severity" => SeverityMap,
        _ => null,
    };

    private IEnumerable<YamlMap> Preprocessing(Metric metric)
    {
        var path = Step("JSONPATH", TemplateKeys.PathOf(metric, variant.Language));
        // An older program on the host tells nothing of monitors and findings at all.
        if (metric.Id is "port.listeners" or "findings.judged" or "monitor.runs")
            path.Add("error_handler", "CUSTOM_VALUE").Add("error_handler_params", "0");
        else if (metric.IsOptional || metric.Dimension == MetricDimension.Port)
            path.Add("error_handler", "DISCARD_VALUE");
        yield return path;
        if (metric.Kind == MetricKind.Counter)
            yield return Step("CHANGE_PER_SECOND", "");
        if (metric.IsSteady)
            yield return Step("DISCARD_UNCHANGED_HEARTBEAT", "1h");
    }

    private static YamlMap Step(string type, string parameter) => new YamlMap().Add("type", type).Add("parameters", [parameter]);
}
