using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix.Template;

namespace TcpLens.Commands;

/// <summary>The option that chooses among the templates.</summary>
internal static class TemplateWays
{
    public static ValueOption Option { get; } = new(
        "--via", "WAY", new("how values come to the server: agent (it asks), active (the agent sends), trapper (tcplens zabbix push) (default: agent)", "数值到达 server 的方式：agent（由 server 查询）、active（由 agent 主动发送）、trapper（tcplens zabbix push）（默认 agent）"))
    { Values = [.. Enum.GetValues<TemplateWay>().Select(Name)] };

    /// <summary>The way that was typed.</summary>
    /// <exception cref="UsageException">There is no such way.</exception>
    public static TemplateWay Of(ParseResult parsed) => parsed.GetValue(Option) switch
    {
        null => TemplateWay.Agent,
        var typed when Option.Values.IndexOf(typed) is >= 0 and var index => (TemplateWay)index,
        var other => throw UsageException.Unknown(new Phrase("way", "方式"), other, Option.Values),
    };

    private static string Name(TemplateWay way) => way.ToString().ToLowerInvariant();
}
