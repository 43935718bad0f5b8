using System.CommandLine;
using TcpLens.CommandLine;
using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix.Provisioning;
using TcpLens.Outputs.Zabbix.Template;
using TcpLens.Zabbix.Api;

namespace TcpLens.Commands;

/// <summary><c>tcplens zabbix provision</c>: the template and a host with it, through the API.</summary>
internal static class ZabbixProvisionCommand
{
    private static readonly ValueOption s_interface = new("--interface", "ADDRESS:PORT", new("where its agent listens, for a host that does not exist yet", "其 agent 的监听地址，用于尚不存在的主机"));
    private static readonly ValueOption s_group = new("--group", "NAME", new($"its host group (default for a new host: {ProvisionRequest.DefaultGroup})", $"所属主机组（新主机默认为 {ProvisionRequest.DefaultGroup}）"));
    private static readonly ValueOption s_template = new("--template", "FILE", new("another template than that of this program, in YAML", "使用其他模板文件（YAML），而不是本程序自带的模板"));
    private static readonly SwitchOption s_apply = new("--apply", new("make the changes instead of showing them", "执行更改，而不只是显示"));

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("provision", new("bring the template and a host into Zabbix through its API", "通过 API 把模板和主机加入 Zabbix"))
        {
            Details = new(
                "Shows what would change; --apply does it. What is there already is left alone, and nothing is ever deleted: a second run changes nothing. Works with Zabbix 6.0 and newer. The token is made in the frontend (Users, API tokens); its user must be allowed to write templates and hosts. On a command line other users can see a token: use the environment or a file.",
                "默认只显示将要进行的更改，--apply 才会执行。已存在的内容保持不变，绝不删除任何内容：再次运行不会有更改。支持 Zabbix 6.0 及更新版本。令牌在前端创建（“用户”→“API 令牌”），其用户须有权写入模板和主机。命令行中的令牌会被其他用户看到，请使用环境变量或文件。"),
            Examples =
            [
                new("tcplens zabbix provision --url https://zabbix.example/ --host web1", new("what is missing for web1", "查看 web1 还缺少什么")),
                new("tcplens zabbix provision --url URL --host web2 --interface 10.0.0.2 --apply", new("create web2 and link the template", "创建 web2 并链接模板")),
                new("tcplens zabbix provision --url URL --host web3 --via active --apply", new("a host that the server cannot reach", "server 无法访问的主机")),
            ],
        };
        foreach (var option in new Option[] { ZabbixApiOptions.Url, ZabbixApiOptions.Token, ZabbixApiOptions.TokenFile, ZabbixApiOptions.Host, TemplateWays.Option, s_interface, s_group, s_template, s_apply })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        var session = Session.Of(parsed, around);
        var url = ZabbixApiOptions.RequiredUrl(parsed);
        string host = ZabbixApiOptions.Required(parsed, ZabbixApiOptions.Host);
        var agent = Interface(parsed);
        var way = TemplateWays.Of(parsed);
        var file = parsed.GetValue(s_template) is { } path ? Template(path) : null;
        string token = ZabbixApiOptions.RequiredToken(parsed, around);
        try
        {
            using var api = ZabbixApiOptions.Connect(url, token);
            var request = new ProvisionRequest
            {
                Template = file ?? OwnTemplate(api.Version, session.Language, way),
                Host = host,
                Interface = agent,
                NeedsInterface = way == TemplateWay.Agent,
                Group = parsed.GetValue(s_group),
            };
            return Provision(session, new Provisioner(api), request, parsed.GetValue(s_apply));
        }
        catch (ZabbixApiException failure)
        {
            throw new FailureException(ApiTroubleText.Of(failure, url));
        }
    }

    private static int Provision(Session session, Provisioner provisioner, ProvisionRequest request, bool apply)
    {
        var steps = provisioner.Plan(request, out var shortcoming);
        if (apply && shortcoming is null)
            Provisioner.Apply(steps, step => Show(session, new("done", "已完成"), step));
        else
            Show(session, steps);
        if (shortcoming is { } words)
            throw new FailureException(words);
        if (steps.Count == 0)
            Print(session, new("nothing to change: template and host are as they should be", "无需更改：模板和主机均符合要求"));
        else if (!apply)
            Print(session, new("nothing was changed; --apply does it", "未作任何更改；加上 --apply 执行"));
        return ExitCode.Success;
    }

    private static void Show(Session session, IEnumerable<ProvisionStep> steps)
    {
        foreach (var step in steps)
            Show(session, new("would", "将要"), step);
    }

    private static void Show(Session session, Phrase how, ProvisionStep step)
    {
        Print(session, new Phrase("{0}: {1}", "{0}：{1}").With(how, step.What));
        foreach (var detail in step.Details)
            Print(session, new Phrase("  ", "  ").Then(detail));
    }

    private static void Print(Session session, Phrase line) => session.Print(line.In(session.Language) + "\n");

    private static AgentInterface? Interface(ParseResult parsed)
    {
        if (parsed.GetValue(s_interface) is not { } text)
            return null;
        return AgentInterface.TryParse(text, out var agent)
            ? agent
            : throw new UsageException(new Phrase("'{0}' is not of the form ADDRESS:PORT", "“{0}”不是 ADDRESS:PORT 的形式").With(text));
    }

    private static TemplateExport Template(string path) =>
        TemplateExport.Parse(ZabbixApiOptions.ReadFile(path)) ?? throw new FailureException(new Phrase("{0}: no template in this file; it must be a YAML export of Zabbix", "{0}：文件中没有模板；须为 Zabbix 导出的 YAML").With(path));

    private static TemplateExport OwnTemplate(ZabbixVersion version, Language language, TemplateWay way) =>
        TemplateExport.Parse(TemplateFile.Render(new TemplateVariant(version.IsAtLeast(7, 0) ? TemplateVersion.V70 : TemplateVersion.V60, language, way)))!;
}
