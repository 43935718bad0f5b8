using TcpLens.Core.Text;
using TcpLens.Zabbix.Api;

namespace TcpLens.Outputs.Zabbix.Provisioning;

/// <summary>
/// Brings the template into Zabbix and links a host to it, in steps that can be shown before they are made. What is there already is no
/// step, so a second run has none. Failures of the API are <see cref="ZabbixApiException"/>.
/// </summary>
public sealed class Provisioner(ZabbixApi api)
{
    private readonly ZabbixObjects _objects = new(api);

    /// <summary>
    /// What is missing. <paramref name="shortcoming"/> says why it cannot be made with what the request tells, or is <see langword="null"/>.
    /// </summary>
    public IReadOnlyList<ProvisionStep> Plan(ProvisionRequest request, out Phrase? shortcoming)
    {
        shortcoming = null;
        var steps = new List<ProvisionStep>();
        PlanImport(request.Template, steps);
        var host = _objects.FindHost(request.Host);
        PlanGroup(request, host, steps);
        if (host is not null)
        {
            PlanLink(request, host, steps);
        }
        else if (request.Interface is not null || !request.NeedsInterface)
        {
            steps.Add(NewHost(request));
        }
        else
        {
            shortcoming = new Phrase(
                "no host '{0}' in Zabbix that this token may see: check the name, or give --interface ADDRESS:PORT of its agent to create it",
                "Zabbix 中没有此令牌可见的主机“{0}”：请检查名称，或用 --interface ADDRESS:PORT 指定其 agent 的地址以创建主机").With(request.Host);
        }

        return steps;
    }

    /// <summary>Makes the steps of a plan, calling <paramref name="done"/> after each.</summary>
    public static void Apply(IEnumerable<ProvisionStep> steps, Action<ProvisionStep> done)
    {
        foreach (var step in steps)
        {
            step.Do();
            done(step);
        }
    }

    private static Phrase Names(TemplateExport template) => new(string.Join(", ", template.TemplateNames), string.Join("、", template.TemplateNames));

    private void PlanImport(TemplateExport template, List<ProvisionStep> steps)
    {
        var comparison = _objects.Compare(template);
        if (comparison.IsEmpty)
            return;
        steps.Add(new(new Phrase("import template {0}", "导入模板 {0}").With(Names(template)), comparison.Lines()) { Do = () => _objects.Import(template) });
    }

    private void PlanGroup(ProvisionRequest request, ZabbixObjects.Host? host, List<ProvisionStep> steps)
    {
        string? name = request.Group ?? (host is null ? ProvisionRequest.DefaultGroup : null);
        if (name is null)
            return;
        string? id = _objects.GroupId(name);
        if (id is null)
            steps.Add(new(new Phrase("create host group {0}", "创建主机组 {0}").With(name)) { Do = () => _objects.CreateGroup(name) });
        if (host is not null && (id is null || !host.GroupIds.Contains(id, StringComparer.Ordinal)))
            steps.Add(new(new Phrase("put host {0} into group {1}", "将主机 {0} 加入组 {1}").With(request.Host, name)) { Do = () => _objects.AddGroup(host.Id, GroupId(name)) });
    }

    private void PlanLink(ProvisionRequest request, ZabbixObjects.Host host, List<ProvisionStep> steps)
    {
        if (request.Interface is { } agent && !host.HasAgentInterface)
            steps.Add(new(new Phrase("give host {0} the agent interface {1}", "为主机 {0} 添加 agent 接口 {1}").With(request.Host, agent)) { Do = () => _objects.AddInterface(host.Id, agent) });
        if (request.Template.TemplateNames.All(name => _objects.TemplateId(name) is { } id && host.TemplateIds.Contains(id, StringComparer.Ordinal)))
            return;
        steps.Add(new(new Phrase("link host {0} to template {1}", "将主机 {0} 链接到模板 {1}").With(request.Host, Names(request.Template)))
        {
            Do = () => _objects.AddTemplates(host.Id, TemplateIds(request.Template)),
        });
    }

    private ProvisionStep NewHost(ProvisionRequest request)
    {
        string group = request.Group ?? ProvisionRequest.DefaultGroup;
        return new(
            new Phrase("create host {0}", "创建主机 {0}").With(request.Host),
            request.Interface is { } agent ? new Phrase("agent interface {0}", "agent 接口 {0}").With(agent) : new Phrase("no interface: the server never asks it", "无接口：server 不会查询它"),
            new Phrase("group {0}", "组 {0}").With(group),
            new Phrase("template {0}", "模板 {0}").With(Names(request.Template)))
        {
            Do = () => _objects.CreateHost(request.Host, request.Interface, GroupId(group), TemplateIds(request.Template)),
        };
    }

    // After the import the templates are there; if not, the file says something else than its name.
    private IEnumerable<string> TemplateIds(TemplateExport template) =>
        [.. template.TemplateNames.Select(name => _objects.TemplateId(name) ?? throw new ZabbixApiException("template.get", ApiTrouble.NoPermission, name))];

    private string GroupId(string name) => _objects.GroupId(name) ?? throw new ZabbixApiException("hostgroup.get", ApiTrouble.NoPermission, name);
}
