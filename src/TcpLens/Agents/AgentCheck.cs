using System.Globalization;
using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix;
using TcpLens.Zabbix.AgentConfiguration;

namespace TcpLens.Agents;

/// <summary>Tests one agent from its process to the value of every key, with one line for each thing that a site can get wrong.</summary>
internal sealed class AgentCheck(AgentHost host, FoundAgent agent)
{
    private const string RecipeProgram = "netstat";

    private readonly AgentSettings _settings = agent.ReadSettings(host);
    private readonly IReadOnlyList<(string Key, string Command)> _parameters = UserParameters.Of(host.Binary);

    public IEnumerable<CheckLine> Lines() =>
        [.. Process(), .. Configuration(), .. DropInLines(), .. KeysTwice(), .. Recipe(), .. Access(), .. Values(), .. Security()];

    private IEnumerable<CheckLine> Process()
    {
        yield return agent.ProcessId is { } process
            ? CheckLine.Ok(new Phrase("{0} runs, pid {1}", "{0} 正在运行，进程号 {1}").With(agent.Program, process))
            : CheckLine.Problem(
                new Phrase("{0} does not run", "{0} 未运行").With(agent.Program),
                Phrase.Same($"systemctl enable --now {agent.Program.Service}"));
        yield return agent.User switch
        {
            null => CheckLine.Problem(
                new Phrase("the agent's user does not exist", "agent 的运行用户不存在"),
                new Phrase("make it, as the package does: useradd --system zabbix", "请创建该用户（与软件包相同）：useradd --system zabbix")),
            { UserId: 0 } => CheckLine.Problem(
                new Phrase("the agent runs as root; TcpLens does not need that", "agent 以 root 运行；TcpLens 不需要 root 权限"),
                new Phrase("remove AllowRoot=1, set User=zabbix and restart it", "请删除 AllowRoot=1，设置 User=zabbix 并重启 agent")),
            var user => CheckLine.Ok(new Phrase("its user is {0}", "运行用户为 {0}").With(user.Name)),
        };
        if (!agent.SharesNetwork)
        {
            yield return CheckLine.Problem(
                new Phrase("the agent lives in another network namespace and counts the connections there", "agent 位于另一个网络命名空间，统计的是那里的连接"),
                new Phrase("run the check there: nsenter -t {0} -n tcplens zabbix check", "请在该命名空间中检查：nsenter -t {0} -n tcplens zabbix check").With(agent.ProcessId));
        }
    }

    private IEnumerable<CheckLine> Configuration()
    {
        foreach (var problem in _settings.Problems)
            yield return CheckLine.Problem(ProblemWords.Of(problem), new Phrase("mend this line: the agent does not start with it", "请修正此处，否则 agent 无法启动"));
        if (_settings.Problems.IsEmpty)
            yield return CheckLine.Ok(new Phrase("configuration: {0} (files read: {1})", "配置文件：{0}（共读取 {1} 个文件）").With(agent.Configuration, _settings.Files.Length));
    }

    private IEnumerable<CheckLine> DropInLines()
    {
        var plan = DropInPlan.Make(_settings, _parameters, skipExisting: true, host.ReadFile);
        string[] present = [.. DropInPlan.Present(_settings, host.ReadFile)];
        yield return plan.State switch
        {
            DropInState.Current => CheckLine.Ok(new Phrase("Include reaches {0}: {1} keys", "Include 已引入 {0}：{1} 个键").With(plan.Path, plan.KeyCount)),
            DropInState.NoPlace when present.Length == 0 => CheckLine.Problem(
                new Phrase("no Include line takes in a directory", "没有任何 Include 行引入目录"),
                new Phrase("tcplens zabbix install says which line to add", "tcplens zabbix install 会给出要添加的行")),
            DropInState.Foreign => CheckLine.Problem(
                new Phrase("{0} was not written by TcpLens", "{0} 不是 TcpLens 写的文件").With(plan.Path),
                new Phrase("move it away, then: tcplens zabbix install", "请移走该文件，然后执行：tcplens zabbix install")),
            DropInState.Outdated => CheckLine.Problem(
                new Phrase("{0} calls another program or has other keys than {1}", "{0} 调用的程序或键与 {1} 不一致").With(plan.Path, host.Binary),
                Phrase.Same("tcplens zabbix install")),
            _ when present.Length > 0 => CheckLine.Note(new Phrase("the keys come from {0}", "键来自 {0}").With(string.Join(", ", present))),
            _ => CheckLine.Problem(new Phrase("the keys are not installed", "尚未安装监控项键"), Phrase.Same("tcplens zabbix install")),
        };
    }

    private IEnumerable<CheckLine> KeysTwice()
    {
        foreach (var twice in _settings.UserParameters.GroupBy(one => one.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return CheckLine.Problem(
                new Phrase("{0} is defined {1} times: {2}", "{0} 被定义了 {1} 次：{2}").With(twice.Key, twice.Count(), string.Join(", ", twice.Select(Place))),
                new Phrase("remove all lines but one: the agent does not start with both", "只保留一行：键重复时 agent 无法启动"));
        }
    }

    private IEnumerable<CheckLine> Recipe()
    {
        var ours = _parameters.Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        UserParameter[] old = [.. _settings.UserParameters.Where(one => ours.Contains(one.Name) && one.Command.Contains(RecipeProgram, StringComparison.Ordinal))];
        if (old.Length == 0)
            yield break;
        yield return CheckLine.Problem(
            new Phrase("still from netstat: {0}", "仍来自 netstat 的键：{0}").With(string.Join(", ", old.Select(one => $"{one.Key} ({Place(one)})"))),
            new Phrase("tcplens zabbix compare shows what is wrong with them; remove the lines, then: tcplens zabbix install", "tcplens zabbix compare 会说明其中的错误；请删除这些行，然后执行：tcplens zabbix install"));
    }

    private IEnumerable<CheckLine> Access()
    {
        if (BinaryAccess.MountWithoutExecution(host, host.Binary) is { } mount)
        {
            yield return CheckLine.Problem(
                new Phrase("{0} lies on {1}, which is mounted noexec", "{0} 位于以 noexec 挂载的 {1}").With(host.Binary, mount),
                new Phrase("move the program to /usr/bin and install again from there", "请把程序移到 /usr/bin，再从那里重新安装"));
        }

        if (agent.User is not { } user)
            yield break;
        if (!host.IsRoot)
            yield return CheckLine.Note(new Phrase("not root: tested with your rights, not those of {0}", "当前不是 root：以您的权限而非 {0} 的权限测试").With(user.Name));
        yield return BinaryAccess.Obstacle(host, user, host.Binary) is { } obstacle
            ? CheckLine.Problem(
                new Phrase("{0} cannot run {1}: {2} stops it", "{0} 无法运行 {1}：受阻于 {2}").With(user.Name, host.Binary, obstacle),
                new Phrase("move the program to /usr/bin and install again from there", "请把程序移到 /usr/bin，再从那里重新安装"))
            : CheckLine.Ok(new Phrase("{0} can run {1}", "{0} 可以运行 {1}").With(user.Name, host.Binary));
    }

    private IEnumerable<CheckLine> Values()
    {
        if (agent.User is not { } user || !_settings.Problems.IsEmpty)
            return [];
        var defined = _settings.UserParameters.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        // A key that wants parameters cannot be asked without knowing good ones.
        string[] keys = [.. _parameters.Select(one => one.Key).Where(key => !key.EndsWith(']') && defined.Contains(key))];
        return keys.Length == 0 ? [] : Values(user, keys);
    }

    private IEnumerable<CheckLine> Values(UserAccount user, string[] keys)
    {
        var values = new List<string>();
        foreach (string key in keys)
        {
            string[] command = [.. user.Prefix(host), .. agent.Command, "-c", agent.Configuration, "-t", key];
            var outcome = host.Programs.Run(command[0], command[1..]);
            if (outcome.ExitCode is null || !TestedItem.TryParse(outcome.Output, key, out var item))
            {
                yield return NoAnswer(outcome);
                yield break;
            }

            if (item is { IsSupported: true, Value: var value } && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                values.Add($"{key} {value}");
            else if (item is { IsSupported: true, Value: ['{', .., '}'] or ['[', .., ']'] } && !RecipeKeys.IsKnown(key))
                values.Add(key);
            else
                yield return Wrong(key, item.Value);
        }

        if (values.Count > 0)
        {
            yield return CheckLine.Ok(new Phrase("{0} keys answer through {1} -t as {2}: {3}", "{0} 个键经 {1} -t 以用户 {2} 正常返回：{3}").With(
                values.Count, agent.Program, user.Name, string.Join(", ", values)));
        }

        yield return Time(keys.Max(key => TimeOf(user, key)));
    }

    // The agent's own start, which -t has and a poll has not, stays out of the time.
    private TimeSpan TimeOf(UserAccount user, string key)
    {
        string[] command = [.. user.Prefix(host), "/bin/sh", "-c", _settings.UserParameters.First(one => one.Key == key).Command];
        return host.Programs.Run(command[0], command[1..]).Took;
    }

    private CheckLine NoAnswer(ProgramOutcome outcome)
    {
        string said = outcome.Error.Length > 0 ? outcome.Error : outcome.Output;
        string command = string.Join(' ', agent.Command);
        return CheckLine.Problem(
            new Phrase("{0} -t gives no answer: {1}", "{0} -t 没有结果：{1}").With(command, said.Split('\n')[0]),
            new Phrase("see that this command works: {0} -c {1} -t LISTEN", "请确认该命令可用：{0} -c {1} -t LISTEN").With(command, agent.Configuration));
    }

    private CheckLine Wrong(string key, TestedItem item)
    {
        string said = item.Value.Split('\n')[0];
        var found = item.IsSupported
            ? new Phrase("{0} answers what is no value: {1}", "{0} 返回的不是有效数值：{1}").With(key, said)
            : new Phrase("{0} is not supported: {1}", "{0} 不受支持：{1}").With(key, said);
        foreach (var line in _settings.Lines)
        {
            if (line.Name == "DenyKey" && !item.IsSupported)
            {
                return CheckLine.Problem(found, new Phrase(
                    "{0}:{1}: DenyKey={2} may forbid it; put before it: AllowKey={3}",
                    "{0}:{1}：DenyKey={2} 可能禁止了该键；请在其之前添加：AllowKey={3}").With(line.File, line.Line, line.Value, key));
            }
        }

        return CheckLine.Problem(found, new Phrase(
            "run its command as {0} and see what it says: {1}", "请以用户 {0} 执行其命令查看输出：{1}").With(
            agent.User!.Name, _settings.UserParameters.First(one => one.Key == key).Command));
    }

    private CheckLine Time(TimeSpan slowest)
    {
        double limit = _settings.TimeoutSeconds * 1000.0;
        var found = new Phrase("the slowest key took {0} ms, the agent's Timeout is {1} s", "最慢的键耗时 {0} 毫秒，agent 的 Timeout 为 {1} 秒").With(
            Math.Ceiling(slowest.TotalMilliseconds), _settings.TimeoutSeconds);
        return slowest.TotalMilliseconds > limit / 2
            ? CheckLine.Problem(found, new Phrase("set a longer Timeout= in {0} and on the server", "请在 {0} 和服务器上设置更长的 Timeout=").With(agent.Configuration))
            : CheckLine.Ok(found);
    }

    private IEnumerable<CheckLine> Security() => SecurityModule.Check(host, agent.SecurityContext) is { } line ? [line] : [];

    private static string Place(UserParameter one) => $"{one.File}:{one.Line}";
}
