using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix;
using TcpLens.Outputs.Zabbix.Template;
using TcpLens.Zabbix.Api;

namespace TcpLens.Agents;

/// <summary>Tests a host from the server's side: what the API tells of the host, its interface and its items, with one line for each thing.</summary>
internal sealed class ServerCheck(string name, ServedHost? host, DateTimeOffset now)
{
    /// <summary>More keys than this are only counted.</summary>
    private const int MostKeys = 6;

    /// <summary>A value may be late by some polls, and by a server that is busy.</summary>
    private const int PollsMissed = 3;

    private static readonly TimeSpan s_usualInterval = TimeSpan.FromMinutes(1);

    private static readonly string[] s_templates = [.. TemplateVariant.All.Select(variant => variant.TechnicalName).Distinct(StringComparer.Ordinal)];

    public IEnumerable<CheckLine> Lines()
    {
        if (host is null)
        {
            return
            [
                CheckLine.Problem(
                    new Phrase("no host {0} in Zabbix that this token may see", "Zabbix 中没有此令牌可见的主机 {0}").With(name),
                    new Phrase("create it: tcplens zabbix provision --host {0} --interface ADDRESS:PORT --apply", "请创建：tcplens zabbix provision --host {0} --interface ADDRESS:PORT --apply").With(name)),
            ];
        }

        ServedItem[] ours = [.. host.Items.Where(item => item.Key.StartsWith("tcplens.", StringComparison.Ordinal) || RecipeKeys.IsKnown(item.Key))];
        return [.. Host(host), Template(host, ours), .. Interfaces(host), .. Items(ours), .. LastValue(host, ours)];
    }

    private static IEnumerable<CheckLine> Host(ServedHost host)
    {
        yield return host.IsMonitored
            ? CheckLine.Ok(new Phrase("the server monitors {0}", "server 正在监控 {0}").With(host.Name))
            : CheckLine.Problem(
                new Phrase("{0} is disabled: the server does not ask it", "{0} 已停用：server 不会采集").With(host.Name),
                new Phrase("enable it in the frontend's list of hosts", "请在前端的主机列表中启用"));
        if (host.CollectsNothing)
            yield return CheckLine.Note(new Phrase("a maintenance without data collection is on: no values until it ends", "正处于不采集数据的维护期：结束前没有数值"));
    }

    private static CheckLine Template(ServedHost host, ServedItem[] ours)
    {
        string[] linked = [.. s_templates.Intersect(host.Templates, StringComparer.Ordinal)];
        return linked switch
        {
            { Length: > 0 } => CheckLine.Ok(new Phrase("linked to template {0}", "已链接模板 {0}").With(string.Join(", ", linked))),
            // A site that keeps the template of the recipe, or has linked ours through one of its own.
            _ when ours.Length > 0 => CheckLine.Note(new Phrase("not linked to the template of TcpLens itself, but {0} items have its keys", "未直接链接 TcpLens 的模板，但有 {0} 个监控项使用其键").With(ours.Length)),
            _ => CheckLine.Problem(
                new Phrase("not linked to a template of TcpLens, and no item has its keys", "未链接 TcpLens 的模板，也没有监控项使用其键"),
                new Phrase("tcplens zabbix provision --host {0} --apply", "tcplens zabbix provision --host {0} --apply").With(host.Name)),
        };
    }

    private static IEnumerable<CheckLine> Interfaces(ServedHost host)
    {
        foreach (var one in host.AgentInterfaces)
        {
            yield return one.Availability switch
            {
                Availability.Available => CheckLine.Ok(new Phrase("the server reaches the agent at {0}", "server 可以访问 {0} 上的 agent").With(one)),
                Availability.Unavailable => CheckLine.Problem(
                    new Phrase("the server does not reach the agent at {0}: {1}", "server 无法访问 {0} 上的 agent：{1}").With(one, one.Error),
                    new Phrase(
                        "on that host: start the agent, name the server in its Server=, let port {0} through the firewall",
                        "请在该主机上：启动 agent，在其 Server= 中写入 server 的地址，并在防火墙放行端口 {0}").With(one.Port)),
                _ => CheckLine.Note(new Phrase("the server has not asked the agent at {0} yet", "server 尚未访问 {0} 上的 agent").With(one)),
            };
        }

        if (host.AgentInterfaces.Count == 0 && host.Templates.Contains(new TemplateVariant(TemplateVersion.V60, Language.English, TemplateWay.Agent).TechnicalName, StringComparer.Ordinal))
        {
            yield return CheckLine.Problem(
                new Phrase("the host has no agent interface: the server does not know where to ask", "主机没有 agent 接口：server 不知道向哪里采集"),
                new Phrase("tcplens zabbix provision --host {0} --interface ADDRESS:PORT --apply", "tcplens zabbix provision --host {0} --interface ADDRESS:PORT --apply").With(host.Name));
        }
    }

    private static IEnumerable<CheckLine> Items(ServedItem[] ours)
    {
        var enabled = ours.Where(item => item.IsEnabled).ToLookup(item => item.IsSupported);
        if (enabled[true].Any())
            yield return CheckLine.Ok(new Phrase("{0} items are supported", "{0} 个监控项状态正常").With(enabled[true].Count()));
        // Parts of an item that failed all say what it said.
        foreach (var group in enabled[false].GroupBy(item => item.Error, StringComparer.Ordinal))
        {
            yield return CheckLine.Problem(
                new Phrase("not supported: {0}: {1}", "不受支持：{0}：{1}").With(Keys(group), group.Key.Length > 0 ? Phrase.Same(OneLine(group.Key)) : new Phrase("(no reason given)", "（未给出原因）")),
                Remedy(group.Key));
        }

        if (ours.Any(item => !item.IsEnabled))
            yield return CheckLine.Note(new Phrase("disabled, so that the server does not ask: {0}", "已停用，server 不会采集：{0}").With(Keys(ours.Where(item => !item.IsEnabled))));
    }

    private static Phrase Remedy(string error)
    {
        if (Says("Unknown metric") || Says("Unsupported item key"))
        {
            return new(
                "the agent does not know the key; on that host: tcplens zabbix install, then reload the agent",
                "agent 不认识该键；请在该主机上执行 tcplens zabbix install，然后重新加载 agent");
        }

        if (Says("Timeout"))
        {
            return new(
                "set a longer Timeout= for the agent and the server; on that host, tcplens zabbix check says how long a key takes",
                "请为 agent 和 server 设置更长的 Timeout=；在该主机上执行 tcplens zabbix check 可查看键的耗时");
        }

        return new("on that host, as root, this shows where it fails: tcplens zabbix check", "请在该主机上以 root 执行 tcplens zabbix check，查看出错位置");

        bool Says(string words) => error.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    private IEnumerable<CheckLine> LastValue(ServedHost host, ServedItem[] ours)
    {
        ServedItem[] kept = [.. ours.Where(item => item is { IsEnabled: true, KeepsHistory: true })];
        if (kept.Length == 0)
            yield break;
        var interval = ours.Select(host.IntervalOf).Where(one => one is not null).Min() ?? s_usualInterval;
        if (kept.Max(item => item.LastValue) is not { } newest)
        {
            yield return CheckLine.Problem(
                new Phrase("no item has a value of the last day", "最近一天没有任何监控项的数值"),
                new Phrase("mend the problems above; for a new host wait {0}, or on the server: zabbix_server -R config_cache_reload", "请先解决上面的问题；新主机请等待 {0}，或在 server 上执行：zabbix_server -R config_cache_reload").With(Time(interval + s_usualInterval)));
            yield break;
        }

        var age = now > newest ? now - newest : TimeSpan.Zero;
        var found = new Phrase("the last value is {0} old, the interval is {1}", "最新数值距今 {0}，采集间隔 {1}").With(Time(age), Time(interval));
        yield return age > (interval * PollsMissed) + s_usualInterval
            ? CheckLine.Problem(found, new Phrase("mend the problems above; if there is none, the server's queue and its log tell why it does not ask", "请先解决上面的问题；若没有其他问题，请查看 server 的队列和日志"))
            : CheckLine.Ok(found);
        ServedItem[] silent = [.. kept.Where(item => item is { IsSupported: true, LastValue: null })];
        if (silent.Length > 0)
            yield return CheckLine.Note(new Phrase("without a value yet (a rate needs two readings, and some values only some kernels have): {0}", "尚无数值（速率需要两次读取；部分数值仅某些内核提供）：{0}").With(Keys(silent)));
    }

    private static Phrase Keys(IEnumerable<ServedItem> items)
    {
        string[] keys = [.. items.Select(item => item.Key).Order(StringComparer.Ordinal)];
        string named = string.Join(", ", keys.Take(MostKeys));
        return keys.Length > MostKeys ? new Phrase($"{named} and {keys.Length - MostKeys} more", $"{named} 等共 {keys.Length} 个") : Phrase.Same(named);
    }

    private static Phrase Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 120 } => new Phrase("{0} s", "{0} 秒").With((long)time.TotalSeconds),
        { TotalMinutes: < 120 } => new Phrase("{0} min", "{0} 分钟").With((long)time.TotalMinutes),
        _ => new Phrase("{0} h", "{0} 小时").With((long)time.TotalHours),
    };

    private static string OneLine(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
