using System.Text.RegularExpressions;
using TcpLens.Core.Metrics;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>The keys of the template's dependent items, which follow from the metrics: <c>tcplens.sockets[established]</c>.</summary>
public static partial class TemplateKeys
{
    /// <summary>The key of the rule that discovers listening ports.</summary>
    public const string PortRule = "tcplens.ports";

    /// <summary>The key of the rule that discovers the rules of the diagnosis.</summary>
    public const string DiagnosisRule = "tcplens.rules";

    public static string Of(Metric metric)
    {
        string[] parts = metric.Id.Split('.');
        string which = metric.Dimension switch { MetricDimension.Port => ",{#PORT}", MetricDimension.Rule => ",{#RULE}", _ => "" };
        return $"tcplens.{parts[0]}[{string.Join(',', parts[1..])}{which}]";
    }

    /// <summary>Where the value stands in the master item's document, as Zabbix' JSONPath. Sentences stand there in each language.</summary>
    public static string PathOf(Metric metric, Language language)
    {
        string path = metric.IsSentence && language == Language.Chinese ? metric.JsonPath + "_zh" : metric.JsonPath;
        return metric.Dimension switch
        {
            MetricDimension.Port => $"$.ports[?(@.port == {{#PORT}})].{path}.first()",
            MetricDimension.Rule => $"$.findings.rules[?(@.rule == '{{#RULE}}')].{path}.first()",
            _ => path,
        };
    }

    /// <summary>The metrics in a trigger's expression, in their order.</summary>
    public static IReadOnlyList<Metric> MetricsOf(TemplateTrigger trigger) =>
        [.. Reference().Matches(trigger.Expression).Select(match => MetricCatalog.Of(match.Groups["id"].Value)).Distinct()];

    /// <summary>The expression as Zabbix reads it in that template.</summary>
    public static string Expression(TemplateTrigger trigger, string template) =>
        Reference().Replace(trigger.Expression, match => $"/{template}/{Of(MetricCatalog.Of(match.Groups["id"].Value))}");

    [GeneratedRegex("@(?<id>[A-Za-z0-9_.]+)@", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
