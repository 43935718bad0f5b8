using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>A graph, or the prototype of one for every listening port: metrics with their colours.</summary>
public sealed record TemplateGraph(string Id, Phrase Name, IReadOnlyList<(string Metric, string Colour)> Lines)
{
    public bool IsStacked { get; init; }
}
