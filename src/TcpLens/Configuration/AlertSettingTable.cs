using System.Collections.Immutable;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Configuration;

/// <summary>The settings by which somebody is told of findings; a part of <see cref="SettingTable"/>.</summary>
internal static class AlertSettingTable
{
    private static readonly ChoiceType<Severity> s_severity = new(("notice", Severity.Notice), ("warning", Severity.Warning), ("critical", Severity.Critical));

    public static ImmutableArray<SettingSection> Sections { get; } =
    [
        new("alerts", new("who is told when a finding opens and closes", "发现问题及其结束时通知谁"),
        [
            Alert("webhook", new UrlType(), "\"http://127.0.0.1:8080/tcplens\"", new("address that gets a JSON document by POST", "以 POST 接收 JSON 文档的地址"), alerts => alerts.Webhook, (alerts, value) => alerts with { Webhook = value }),
            Alert("command", new PathType(mayBeEmpty: true), "\"/usr/local/bin/on-finding\"", new("program that is started with the event, the rule and the severity, and the document on its standard input", "要启动的程序，参数为事件、规则与严重程度，文档由标准输入传入"), alerts => alerts.Command, (alerts, value) => alerts with { Command = value }),
            Alert("severity", s_severity, "\"critical\"", new("the least severity that is told", "通知的最低严重程度"), alerts => alerts.Severity, (alerts, value) => alerts with { Severity = value }),
            Alert("timeout", new DurationType(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), "\"5s\"", new("how long the address or the program may take", "接收地址或程序的时限"), alerts => alerts.Timeout, (alerts, value) => alerts with { Timeout = value }),
        ]),
    ];

    private static Setting<T> Alert<T>(string key, SettingType<T> type, string example, Phrase summary, Func<AlertSettings, T> get, Func<AlertSettings, T, AlertSettings> set) =>
        new(type, all => get(all.Alerts), (all, value) => all with { Alerts = set(all.Alerts, value) })
        {
            Section = "alerts",
            Key = key,
            Example = example,
            AppliesAtOnce = true,
            Summary = summary,
            HidesWrongValue = type is UrlType,
        };
}
