using System.Text.RegularExpressions;
using TcpLens.Core.Metrics;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>The keys of the template's dependent items, which follow from the metrics: <c>tcplens.sockets[established]</c>.</summary>
public static partial class TemplateKeys
{
    /// <summary>The key of the rule that discovers listening ports.</summary>
    public const string PortRule = "tcplens.ports";

    public static string Of(Metric metric)
    {
        string[] parts = metric.Id.Split('.');
        string port = metric.Dimension == MetricDimension.Port ? ",{#PORT}" : "";
        return $"tcplens.{parts[0]}[{string.Join(',', parts[1..])}{port}]";
    }

    /// <summary>Where the value stands in the master item's document, as Zabbix' JSONPath.</summary>
    public static string PathOf(Metric metric) => metric.Dimension == MetricDimension.Port
        ? $"$.ports[?(@.port == {{#PORT}})].{metric.JsonPath}.first()"
        : metric.JsonPath;

    /// <summary>The metrics in a trigger's expression, in their order.</summary>
    public static IReadOnlyList<Metric> MetricsOf(TemplateTrigger trigger) =>
        [.. Reference().Matches(trigger.Expression).Select(match => MetricCatalog.Of(match.Groups["id"].Value)).Distinct()];

    /// <summary>The expression as Zabbix reads it in that template.</summary>
    public static string Expression(TemplateTrigger trigger, string template) =>
        Reference().Replace(trigger.Expression, match => $"/{template}/{Of(MetricCatalog.Of(match.Groups["id"].Value))}");

    [GeneratedRegex("@(?<id>[A-Za-z0-9_.]+)@", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
