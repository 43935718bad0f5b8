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

    private const string ServicePrefix = "service.";

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

    /// <summary>The key of a service's item; an empty state: all its sockets.</summary>
    public static string OfService(string state) => $"tcplens.service[\"{{#SERVICE}}\",{state}]";

    /// <summary>The keys in a trigger's expression, in their order.</summary>
    public static IReadOnlyList<string> KeysOf(TemplateTrigger trigger) => [.. Reference().Matches(trigger.Expression).Select(KeyOf).Distinct(StringComparer.Ordinal)];

    /// <summary>An expression as Zabbix reads it in that template.</summary>
    public static string Expression(string expression, string template) => Reference().Replace(expression, match => $"/{template}/{KeyOf(match)}");

    private static string KeyOf(Match reference)
    {
        string id = reference.Groups["id"].Value;
        return id.StartsWith(ServicePrefix, StringComparison.Ordinal) ? OfService(id[ServicePrefix.Length..]) : Of(MetricCatalog.Of(id));
    }

    [GeneratedRegex("@(?<id>[A-Za-z0-9_.]+)@", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
