using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix.Template;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix template</c>: the template to import into Zabbix.</summary>
internal static class ZabbixTemplateCommand
{
    private static readonly ValueOption s_for = new(
        "--for", "VERSION", new("version of the Zabbix server: 6.0 (and every later one), 7.0 (default: 6.0)", "Zabbix server 版本：6.0（及更高版本）、7.0（默认 6.0）"))
    { Values = ["6.0", "7.0"] };

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("template", new("the template to import into Zabbix, as YAML", "打印可导入 Zabbix 的模板（YAML）"))
        {
            Details = new(
                "Names and descriptions are in the language of --lang; keys and identities are the same in both, so that importing the other one only renames.",
                "名称与描述使用 --lang 指定的语言；两种语言的键与 UUID 相同，导入另一种语言只会改名。"),
            Examples = [new("tcplens zabbix template --for 7.0 > tcplens.yaml", new("then Data collection > Templates > Import", "然后在“数据采集 > 模板”中导入"))],
        };
        command.Add(s_for);
        command.Add(TemplateWays.Option);
        command.SetAction(parsed => Print(parsed, around));
        return command;
    }

    private static int Print(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var version = parsed.GetValue(s_for) switch
        {
            null or "6.0" => TemplateVersion.V60,
            "7.0" => TemplateVersion.V70,
            var other => throw UsageException.Unknown(new Phrase("version", "版本"), other, s_for.Values),
        };
        session.Print(TemplateFile.Render(new TemplateVariant(version, session.Language, TemplateWays.Of(parsed))));
        return ExitCode.Success;
    }
}
