using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>The part of a template about services: the item with their document, the rule that discovers them, and what is told of each.</summary>
internal sealed class ServiceDiscovery(TemplateVariant variant, TemplateIdentity identity)
{
    /// <summary>The key of the rule.</summary>
    private const string RuleKey = "tcplens.services.discovery";

    /// <summary>What is told of a service; empty: all its sockets. These states are the ones that a program can leak.</summary>
    private static readonly string[] s_states = ["", "established", "close_wait", "time_wait", "fin_wait2", "syn_sent"];

    /// <summary>The item that all others are parts of.</summary>
    public YamlMap Item() => new YamlMap()
        .Add("uuid", identity.Of("item", KeyNames.Services))
        .Add("name", In(new("Get TCP services", "获取 TCP 服务")))
        .Add("type", variant.ItemType)
        .Add("key", KeyNames.Services)
        .Add("delay", variant.Delay)
        .Add("history", "0")
        .Add("trends", "0")
        .Add("value_type", "TEXT")
        .Add("description", In(new(
            "The services with the most sockets, as JSON. Without root (CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH) systemd units and containers are known, other processes only where they are the agent's own.",
            "套接字最多的服务（JSON）。没有 root（CAP_SYS_PTRACE 与 CAP_DAC_READ_SEARCH）权限时可识别 systemd 单元和容器，其他进程只限 agent 自身用户的。")))
        .Add("tags", TemplateItems.Tags("raw"));

    /// <summary>The rule.</summary>
    /// <param name="write">Writes a trigger.</param>
    public YamlMap Rule(Func<TemplateTrigger, YamlMap> write) => new YamlMap()
        .Add("uuid", identity.Of("discovery_rule", "services"))
        .Add("name", In(new("Services", "服务")))
        .Add("type", "DEPENDENT")
        .Add("key", RuleKey)
        .Add("delay", "0")
        .Add("filter", new YamlMap().Add("evaltype", "AND").Add("conditions",
        [
            Condition("{#KIND}", "{$TCPLENS.SERVICE.KIND.MATCHES}", "A"),
            Condition("{#SERVICE}", "{$TCPLENS.SERVICE.MATCHES}", "B"),
        ]))
        .Add("lifetime", "1d")
        .Add("enabled_lifetime_type", variant.Version == TemplateVersion.V60 ? null : "DISABLE_NEVER")
        .Add("description", In(new("The services with the most sockets: systemd units and containers.", "套接字最多的服务：systemd 单元和容器。")))
        .Add("item_prototypes", s_states.Select(state => Prototype(state)
            .Add("trigger_prototypes", TemplateTriggers.Service.Where(trigger => TemplateFile.IsNested(trigger) && TemplateKeys.KeysOf(trigger)[0] == TemplateKeys.OfService(state)).Select(write))))
        .Add("trigger_prototypes", TemplateTriggers.Service.Where(trigger => !TemplateFile.IsNested(trigger)).Select(write))
        .Add("master_item", new YamlMap().Add("key", KeyNames.Services))
        .Add("preprocessing",
        [
            new YamlMap().Add("type", "JAVASCRIPT").Add("parameters",
            [
                "return JSON.stringify(JSON.parse(value).services.map(function (one) {\n    return {\n        '{#SERVICE}': one.service,\n        '{#KIND}': one.kind,\n        '{#NETNS}': one.netns\n    };\n}));",
            ]),
            new YamlMap().Add("type", "DISCARD_UNCHANGED_HEARTBEAT").Add("parameters", ["10m"]),
        ]);

    private YamlMap Prototype(string state) => new YamlMap()
        .Add("uuid", identity.Of("item_prototype", "service." + (state.Length == 0 ? "all" : state)))
        .Add("name", In(state.Length == 0
            ? new("Service {#SERVICE}: all sockets", "服务 {#SERVICE}：套接字总数")
            : new Phrase("Service {{#SERVICE}}: {0}", "服务 {{#SERVICE}}：{0}").With(state.ToUpperInvariant())))
        .Add("type", "DEPENDENT")
        .Add("key", TemplateKeys.OfService(state))
        .Add("delay", "0")
        .Add("history", "7d")
        .Add("preprocessing",
        [
            new YamlMap().Add("type", "JSONPATH")
                .Add("parameters", [$"$.services[?(@.service == \"{{#SERVICE}}\")].{(state.Length == 0 ? "total" : "states." + state)}.first()"])
                .Add("error_handler", "DISCARD_VALUE"),
        ])
        .Add("master_item", new YamlMap().Add("key", KeyNames.Services))
        .Add("tags", TemplateItems.Tags("services").Append(new YamlMap().Add("tag", "service").Add("value", "{#SERVICE}")));

    private string In(Phrase phrase) => phrase.In(variant.Language);

    private static YamlMap Condition(string macro, string value, string formula) => new YamlMap().Add("macro", macro).Add("value", value).Add("formulaid", formula);
}
