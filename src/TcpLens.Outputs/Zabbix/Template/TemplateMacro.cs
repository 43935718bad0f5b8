using TcpLens.Core.Text;

namespace TcpLens.Outputs.Zabbix.Template;

/// <summary>A user macro of the template: a threshold, a window or a filter that a site may set otherwise per host or per port.</summary>
public sealed record TemplateMacro(string Name, string Value, Phrase Description)
{
    /// <summary>As it stands in an expression: <c>{$TCPLENS.PERIOD}</c>.</summary>
    public string Text => $"{{${Name}}}";
}
