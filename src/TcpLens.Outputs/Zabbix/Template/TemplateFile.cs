using System.Text;
using TcpLens.Core.Metrics;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>
/// One template as Zabbix' export file (Zabbix manual, "Template export/import"), made from the metric catalogue. Lists stand in the order in
/// which Zabbix exports them: a comparison before an import then shows real changes alone.
/// </summary>
public sealed class TemplateFile
{
    private readonly TemplateVariant _variant;
    private readonly TemplateIdentity _identity;
    private readonly TemplateItems _items;
    private readonly ServiceDiscovery _services;

    private TemplateFile(TemplateVariant variant)
    {
        _variant = variant;
        _identity = new TemplateIdentity(variant.TechnicalName);
        _items = new TemplateItems(variant, _identity);
        _services = new ServiceDiscovery(variant, _identity);
    }

    /// <summary>The text of the file, YAML.</summary>
    public static string Render(TemplateVariant variant)
    {
        var text = new StringBuilder();
        new YamlMap().Add("zabbix_export", new TemplateFile(variant).Export()).Write(text, 0);
        return text.ToString();
    }

    /// <summary>The identities of the template's entities by what they are.</summary>
    public static IReadOnlyDictionary<string, string> Identities(TemplateVariant variant)
    {
        var file = new TemplateFile(variant);
        file.Export();
        return file._identity.Given;
    }

    private string In(Phrase phrase) => phrase.In(_variant.Language);

    private YamlMap Export() => new YamlMap()
        .Add("version", _variant.VersionText)
        .Add(_variant.Version == TemplateVersion.V60 ? "groups" : "template_groups",
            [new YamlMap().Add("uuid", TemplateIdentity.OperatingSystemsGroup).Add("name", "Templates/Operating systems")])
        .Add("templates", [Template()])
        .Add("triggers", TemplateTriggers.Host.Where(trigger => !IsNested(trigger)).Select(Trigger))
        .Add("graphs", TemplateGraphs.Host.Select(graph => Graph(graph, "graph")));

    private YamlMap Template() => new YamlMap()
        .Add("uuid", _identity.Of("template", "template"))
        .Add("template", _variant.TechnicalName)
        .Add("name", In(_variant.VisibleName))
        .Add("description", In(new(
            "The exact number of TCP sockets in all eleven states, with the queues, limits and counters of the kernel that explain them. Needs TcpLens on the host.",
            "全部十一种 TCP 状态的精确套接字数，以及说明其成因的内核队列、上限与计数器。需要在主机上安装 TcpLens。")))
        .Add("vendor", _variant.Version == TemplateVersion.V60 ? null : new YamlMap().Add("name", "TcpLens").Add("version", "7.0-1"))
        .Add("groups", [new YamlMap().Add("name", "Templates/Operating systems")])
        .Add("items", MetricCatalog.All.Where(metric => metric.Dimension == MetricDimension.Host)
            .Select(metric => _items.Of(metric, "triggers", TriggersOf(metric, TemplateTriggers.Host))).Prepend(_items.Master()).Append(_services.Item()))
        .Add("discovery_rules", _variant.Way == TemplateWay.Trapper ? [PortRule(), DiagnosisRule(), _services.Rule(Trigger)] : [PortRule(), DiagnosisRule(), NamespaceRule(), _services.Rule(Trigger)])
        .Add("tags", [Tag("class", "os"), Tag("target", "linux")])
        .Add("macros", TemplateMacros.All.Where(IsUsed).OrderBy(macro => macro.Text, StringComparer.Ordinal).Select(macro =>
            new YamlMap().Add("macro", macro.Text).Add("value", macro.Value).Add("description", In(macro.Description))))
        .Add("dashboards", new TemplateDashboards(_variant, _identity).All())
        .Add("valuemaps", _items.ValueMaps());

    // Nobody asks a trapper, so that it has no interval.
    private bool IsUsed(TemplateMacro macro) => _variant.Way != TemplateWay.Trapper || macro.Name != "TCPLENS.INTERVAL";

    private YamlMap PortRule() => Lifetime(new YamlMap()
        .Add("uuid", _identity.Of("discovery_rule", "ports"))
        .Add("name", In(new("Listening ports", "监听端口")))
        .Add("type", "DEPENDENT")
        .Add("key", TemplateKeys.PortRule)
        .Add("delay", "0")
        .Add("filter", new YamlMap().Add("evaltype", "AND").Add("conditions",
        [
            Condition("{#EPHEMERAL}", "{$TCPLENS.EPHEMERAL.NOT_MATCHES}", "A", "NOT_MATCHES_REGEX"),
            Condition("{#PORT}", "{$TCPLENS.PORT.MATCHES}", "B"),
            Condition("{#PORT}", "{$TCPLENS.PORT.NOT_MATCHES}", "C", "NOT_MATCHES_REGEX"),
            Condition("{#SCOPE}", "{$TCPLENS.SCOPE.MATCHES}", "D"),
        ])))
        .Add("description", In(new("The ports on which programs listen.", "有程序监听的端口。")))
        .Add("item_prototypes", MetricCatalog.All.Where(metric => metric.Dimension == MetricDimension.Port)
            .Select(metric => _items.Of(metric, "trigger_prototypes", TriggersOf(metric, TemplateTriggers.Port))))
        .Add("trigger_prototypes", TemplateTriggers.Port.Where(trigger => !IsNested(trigger)).Select(Trigger))
        .Add("graph_prototypes", TemplateGraphs.Port.Select(graph => Graph(graph, "graph_prototype")))
        .Add("master_item", new YamlMap().Add("key", KeyNames.States))
        // What a port is seldom changes; its numbers always do, and must not set off a discovery each minute.
        .Add("preprocessing",
        [
            new YamlMap().Add("type", "JAVASCRIPT").Add("parameters",
            [
                "return JSON.stringify(JSON.parse(value).ports.map(function (port) {\n    return {\n        '{#PORT}': String(port.port),\n        '{#SCOPE}': port.scope,\n        '{#FAMILY}': port.family,\n        '{#EPHEMERAL}': port.ephemeral\n    };\n}));",
            ]),
            new YamlMap().Add("type", "DISCARD_UNCHANGED_HEARTBEAT").Add("parameters", ["10m"]),
        ]);

    private YamlMap DiagnosisRule() => Lifetime(new YamlMap()
        .Add("uuid", _identity.Of("discovery_rule", "rules"))
        .Add("name", In(new("Rules of the diagnosis", "诊断规则")))
        .Add("type", "DEPENDENT")
        .Add("key", TemplateKeys.DiagnosisRule)
        .Add("delay", "0")
        .Add("filter", new YamlMap().Add("evaltype", "AND").Add("conditions",
        [
            Condition("{#RULE}", "{$TCPLENS.FINDING.MATCHES}", "A"),
            Condition("{#RULE}", "{$TCPLENS.FINDING.NOT_MATCHES}", "B", "NOT_MATCHES_REGEX"),
        ])))
        .Add("description", In(new(
            "What the resident monitor on the host (tcplens serve) judges: each rule has the same items for ever, whether it finds something or not. None are discovered where no monitor runs.",
            "主机上常驻监控（tcplens serve）判断的内容：每条规则的监控项固定不变，无论是否发现问题。没有运行常驻监控时不会发现任何规则。")))
        .Add("item_prototypes", MetricCatalog.All.Where(metric => metric.Dimension == MetricDimension.Rule)
            .Select(metric => _items.Of(metric, "trigger_prototypes", TriggersOf(metric, TemplateTriggers.Rule))))
        .Add("trigger_prototypes", TemplateTriggers.Rule.Where(trigger => !IsNested(trigger)).Select(Trigger))
        .Add("master_item", new YamlMap().Add("key", KeyNames.States))
        .Add("preprocessing",
        [
            new YamlMap().Add("type", "JAVASCRIPT").Add("parameters",
            [
                $"return JSON.stringify(((JSON.parse(value).findings || {{}}).rules || []).map(function (one) {{\n    return {{\n        '{{#RULE}}': one.rule,\n        '{{#WHAT}}': one.{(_variant.Language == Language.Chinese ? "what_zh" : "what")}\n    }};\n}}));",
            ]),
            new YamlMap().Add("type", "DISCARD_UNCHANGED_HEARTBEAT").Add("parameters", ["10m"]),
        ]);

    private YamlMap NamespaceRule() => Lifetime(new YamlMap()
        .Add("uuid", _identity.Of("discovery_rule", "namespaces"))
        .Add("name", In(new("Network namespaces", "网络命名空间")))
        .Add("type", _variant.ItemType)
        .Add("key", KeyNames.Namespaces)
        .Add("delay", "1h")
        .Add("status", "DISABLED"))
        .Add("description", In(new(
            "Containers and other network namespaces. Disabled: every count is a reading of its own; enable it where the host runs containers.",
            "容器及其他网络命名空间。默认停用：每个计数都要单独读取一次；主机运行容器时可启用。")))
        .Add("item_prototypes", s_namespaceStates.Select(NamespaceItem));

    private static readonly string[] s_namespaceStates = ["", "established", "syn_recv", "time_wait", "close_wait"];

    private YamlMap NamespaceItem(string state) => new YamlMap()
        .Add("uuid", _identity.Of("item_prototype", "netns." + (state.Length == 0 ? "all" : state)))
        .Add("name", In(state.Length == 0
            ? new("Namespace {#NETNS}: all sockets", "命名空间 {#NETNS}：套接字总数")
            : new Phrase("Namespace {{#NETNS}}: {0}", "命名空间 {{#NETNS}}：{0}").With(state.ToUpperInvariant())))
        .Add("type", _variant.ItemType)
        .Add("key", $"{KeyNames.State}[{state},,,,,{{#ID}}]")
        .Add("delay", "{$TCPLENS.INTERVAL}")
        .Add("history", "7d")
        .Add("tags", TemplateItems.Tags("namespaces").Append(Tag("netns", "{#NETNS}")));

    // Lost ports are watched on for a day, else nobody would see that a listener is gone. 7.0 would disable them at once.
    private YamlMap Lifetime(YamlMap rule)
    {
        rule.Add("lifetime", "1d");
        return _variant.Version == TemplateVersion.V60 ? rule : rule.Add("enabled_lifetime_type", "DISABLE_NEVER");
    }

    private static YamlMap Condition(string macro, string value, string formula, string? how = null) =>
        new YamlMap().Add("macro", macro).Add("value", value).Add("operator", how).Add("formulaid", formula);

    private static YamlMap Tag(string tag, string value) => new YamlMap().Add("tag", tag).Add("value", value);

    internal static bool IsNested(TemplateTrigger trigger) => TemplateKeys.KeysOf(trigger).Count == 1;

    private IEnumerable<YamlMap> TriggersOf(Metric metric, IEnumerable<TemplateTrigger> triggers) =>
        triggers.Where(trigger => IsNested(trigger) && TemplateKeys.KeysOf(trigger)[0] == TemplateKeys.Of(metric)).Select(Trigger);

    private YamlMap Trigger(TemplateTrigger trigger) => new YamlMap()
        .Add("uuid", _identity.Of("trigger", trigger.Id))
        .Add("expression", TemplateKeys.Expression(trigger.Expression, _variant.TechnicalName))
        .Add("recovery_mode", trigger.Recovery is null ? null : "RECOVERY_EXPRESSION")
        .Add("recovery_expression", trigger.Recovery is { } recovery ? TemplateKeys.Expression(recovery, _variant.TechnicalName) : null)
        .Add("name", In(trigger.Name))
        .Add("event_name", In(trigger.Event))
        .Add("opdata", In(trigger.Now))
        .Add("priority", trigger.Severity.ToString().ToUpperInvariant())
        .Add("description", In(trigger.Description))
        .Add("manual_close", trigger.IsClosedByHand ? "YES" : null)
        .Add("dependencies", trigger.SilentWhile.Select(Other).OrderBy(other => In(other.Name), StringComparer.OrdinalIgnoreCase).Select(Dependency))
        .Add("tags", [Tag("scope", trigger.Scope)]);

    private static TemplateTrigger Other(string id) => TemplateTriggers.All.First(trigger => trigger.Id == id);

    private YamlMap Dependency(TemplateTrigger other) =>
        new YamlMap().Add("name", In(other.Name)).Add("expression", TemplateKeys.Expression(other.Expression, _variant.TechnicalName));

    private YamlMap Graph(TemplateGraph graph, string kind) => new YamlMap()
        .Add("uuid", _identity.Of(kind, graph.Id))
        .Add("name", In(graph.Name))
        .Add("type", graph.IsStacked ? "STACKED" : null)
        // The lines of thresholds would stretch the axis, and their names the legend.
        .Add("show_triggers", "NO")
        .Add("graph_items", graph.Lines.Select((line, order) => new YamlMap()
            .Add("sortorder", order == 0 ? null : order.ToString())
            .Add("drawtype", "BOLD_LINE")
            .Add("color", line.Colour)
            .Add("item", new YamlMap().Add("host", _variant.TechnicalName).Add("key", TemplateKeys.Of(MetricCatalog.Of(line.Metric))))));
}
