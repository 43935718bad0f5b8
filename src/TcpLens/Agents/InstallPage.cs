using TcpLens.Core.Text;
using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Agents;

/// <summary>What <c>tcplens zabbix install</c> prints: per agent what was done, or what is in the way and how to mend it.</summary>
internal static class InstallPage
{
    private const int Indent = 2;
    private const int Deeper = 4;

    public static string Render(IReadOnlyList<InstallResult> results, string binary, Language language, int columns)
    {
        var page = new PageText(language, columns);
        for (int i = 0; i < results.Count; i++)
        {
            if (i > 0)
                page.Blank();
            Append(page, results[i], binary);
        }

        return page.ToString();
    }

    private static void Append(PageText page, InstallResult result, string binary)
    {
        var agent = result.Agent;
        page.Line(AgentWords.Title(agent));
        page.Indented(Indent, new Phrase("configuration: {0}", "配置文件：{0}").With(agent.Configuration));
        foreach (var problem in result.Problems)
            page.Indented(Indent, new Phrase("the agent will not start: {0}", "agent 将无法启动：{0}").With(ProblemWords.Of(problem)));
        if (result.Plan?.Place is { } place)
            page.Indented(Indent, Phrase.Same($"{place.File}:{place.Line}: Include={place.Value}"));
        AppendAction(page, result);
        if (result.Obstacle is { } obstacle && agent.User is { } user)
        {
            page.Indented(Indent, new Phrase(
                "WARNING: user {0} cannot run {1}: {2} stops it. Move the program to where everybody may run it (/usr/bin) and install again from there.",
                "警告：用户 {0} 无法运行 {1}：受阻于 {2}。请把程序移到所有用户都能运行的位置（/usr/bin），再从那里重新安装。").With(user.Name, binary, obstacle));
        }

        if (result.Action is InstallAction.Written or InstallAction.Removed && agent.ProcessId is not null)
        {
            page.Indented(Indent, new Phrase("now let the agent read it:", "现在让 agent 重新读取："));
            page.Verbatim(Deeper, agent.Program.ReloadCommand(agent.Configuration));
            page.Indented(Indent, new Phrase("or, before Zabbix 6.0:", "Zabbix 6.0 之前的版本："));
            page.Verbatim(Deeper, $"systemctl restart {agent.Program.Service}");
        }
        else if (result.Action is InstallAction.Written)
        {
            page.Indented(Indent, new Phrase("the agent does not run; it reads the file when it starts:", "agent 未运行，启动时会读取该文件："));
            page.Verbatim(Deeper, $"systemctl start {agent.Program.Service}");
        }
    }

    private static void AppendAction(PageText page, InstallResult result)
    {
        string files = string.Join(", ", result.Files);
        int keys = result.Plan?.KeyCount ?? 0;
        switch (result.Action)
        {
            case InstallAction.Written:
                page.Indented(Indent, new Phrase("written: {0}, {1} keys", "已写入：{0}，{1} 个键").With(files, keys));
                AppendLeftOut(page, result.Plan!);
                break;
            case InstallAction.WouldWrite:
                page.Indented(Indent, new Phrase("would write {0}, {1} keys:", "将写入 {0}，{1} 个键：").With(files, keys));
                page.Verbatim(Deeper, result.Plan!.Text);
                AppendLeftOut(page, result.Plan!);
                break;
            case InstallAction.Unchanged:
                page.Indented(Indent, new Phrase("unchanged: {0}, {1} keys", "无需改动：{0}，{1} 个键").With(files, keys));
                AppendLeftOut(page, result.Plan!);
                break;
            case InstallAction.Removed:
                page.Indented(Indent, new Phrase("removed: {0}", "已删除：{0}").With(files));
                break;
            case InstallAction.WouldRemove:
                page.Indented(Indent, new Phrase("would remove {0}", "将删除 {0}").With(files));
                break;
            case InstallAction.NothingToRemove:
                page.Indented(Indent, new Phrase("nothing to remove: no file of TcpLens here", "无需删除：没有 TcpLens 写入的文件"));
                break;
            case InstallAction.Collision:
                AppendCollisions(page, result.Plan!);
                break;
            case InstallAction.Foreign:
                page.Indented(Indent, new Phrase(
                    "nothing written: {0} was not written by TcpLens. Move it away and install again.",
                    "未写入：{0} 不是 TcpLens 写的文件。请移走该文件后重新安装。").With(files));
                break;
            case InstallAction.NoPlace:
                AppendNoPlace(page, result.Agent);
                break;
            default:
                page.Indented(Indent, new Phrase("nothing written: the configuration cannot be read", "未写入：无法读取配置文件"));
                break;
        }
    }

    private static void AppendCollisions(PageText page, DropInPlan plan)
    {
        page.Indented(Indent, new Phrase(
            "nothing written: keys are defined elsewhere, and the agent does not start with a key that is defined twice:",
            "未写入：以下键已在别处定义，键重复时 agent 无法启动："));
        foreach (var one in plan.Collisions)
            page.Row($"{new string(' ', Deeper)}{one.Key}", Deeper + 14, Phrase.Same($"{one.File}:{one.Line}"));
        page.Indented(Indent, new Phrase(
            "Remove these lines and install again; see before what will change: tcplens zabbix compare. Or leave these keys as they are: --skip-existing",
            "请删除这些行后重新安装；可先用 tcplens zabbix compare 查看数值会有什么变化。也可保留这些键：--skip-existing"));
    }

    private static void AppendLeftOut(PageText page, DropInPlan plan)
    {
        foreach (var one in plan.Collisions)
            page.Indented(Indent, new Phrase("left out: {0}, defined in {1}:{2}", "已略过：{0}，定义于 {1}:{2}").With(one.Key, one.File, one.Line));
    }

    private static void AppendNoPlace(PageText page, FoundAgent agent)
    {
        string directory = Path.ChangeExtension(agent.Configuration, null) + ".d";
        page.Indented(Indent, new Phrase(
            "nothing written: no Include line takes in a directory. Make one with the first line below, and add the second to {0}:",
            "未写入：没有任何 Include 行引入目录。请用下面第一行创建目录，并把第二行添加到 {0}：").With(agent.Configuration));
        page.Verbatim(Deeper, $"mkdir -p {directory}\nInclude={directory}/*.conf");
    }
}
