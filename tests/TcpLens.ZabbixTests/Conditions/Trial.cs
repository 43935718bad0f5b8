using System.Diagnostics;
using TcpLens.Outputs.Zabbix.Template;
using Xunit;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>Some conditions on one server, side by side: each is made, awaited in <c>problem.get</c>, ended, and awaited to be over.</summary>
internal static class Trial
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(150);

    // Windows alone; a threshold stays what the template says.
    private static readonly KeyValuePair<string, string>[] s_windows =
    [
        new("INTERVAL", "2s"), new("PERIOD", "6s"), new("CLOSE_WAIT.PERIOD", "12s"), new("FIN_WAIT2.PERIOD", "12s"), new("NODATA.PERIOD", "30s"),
    ];

    /// <summary>Runs the conditions and tells what did not go as it should.</summary>
    public static IReadOnlyList<string> Run(ZabbixServer server, IReadOnlyList<Condition> conditions)
    {
        var hosts = new List<WatchedHost>();
        try
        {
            foreach (var condition in conditions)
                hosts.Add(new WatchedHost(server, condition));
            Register(server, hosts);
            Assert.True(Await(() => AreReady(server, hosts)), string.Join('\n', hosts.Select(host => $"{host.Name}: {host.Evidence()}")));

            var problems = new Problems(server, hosts.Select(host => host.Id));
            // A thread for each, because each waits for most of its time.
            var flows = hosts.ConvertAll(host => Task.Factory.StartNew(
                () => Follow(host, problems), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            Task.WaitAll(flows, TestContext.Current.CancellationToken);
            return [.. flows.Select(flow => flow.Result).Concat(hosts.Select(host => Surplus(host, problems))).OfType<string>()];
        }
        finally
        {
            // Deleting them with all their items would take longer than the test.
            SwitchOff(server, hosts);
            Parallel.ForEach(hosts, host => host.Dispose());
        }
    }

    /// <summary>Waits until it is so; false when it takes too long.</summary>
    public static bool Await(Func<bool> isSo)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo())
        {
            if (waited.Elapsed > s_patience)
                return false;
            Thread.Sleep(500);
        }

        return true;
    }

    // The program brings the template in; that many hosts are made faster in one call.
    private static void Register(ZabbixServer server, List<WatchedHost> hosts)
    {
        server.Provision(server.Token, "--host", "condition", "--interface", "127.0.0.1:1", "--apply").Good();
        var model = server.Api("host.get", """{"output":["hostid"],"filter":{"host":["condition"]},"selectParentTemplates":["templateid"],"selectGroups":["groupid"]}""")[0];
        string template = model.GetProperty("parentTemplates")[0].GetProperty("templateid").GetString()!;
        string group = model.GetProperty("groups")[0].GetProperty("groupid").GetString()!;
        server.Api("host.delete", $"""["{model.GetProperty("hostid").GetString()}"]""");
        var wanted = hosts.Select(host => $$$"""
            {"host":"{{{host.Name}}}","groups":[{"groupid":"{{{group}}}"}],"templates":[{"templateid":"{{{template}}}"}],"macros":[{{{Macros(host.Condition)}}}],
             "interfaces":[{"type":1,"main":1,"useip":1,"ip":"{{{host.Address}}}","dns":"","port":"{{{host.Port}}}"}]}
            """);
        var made = server.Api("host.create", $"[{string.Join(',', wanted)}]").GetProperty("hostids");
        foreach (var (index, host) in hosts.Index())
            host.Id = made[index].GetString()!;
        server.ReloadConfiguration();
    }

    // A trigger that a discovery has made is the server's only when it next looks.
    private static bool AreReady(ZabbixServer server, List<WatchedHost> hosts)
    {
        if (WatchedHost.FindTriggers(server, hosts))
            return true;
        server.ReloadConfiguration();
        return false;
    }

    private static string Macros(Condition condition)
    {
        var windows = s_windows.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in condition.Windows)
            windows[name] = value;
        return string.Join(',', windows.Select(window => $$$"""{"macro":"{$TCPLENS.{{{window.Key}}}}","value":"{{{window.Value}}}"}"""));
    }

    private static void SwitchOff(ZabbixServer server, List<WatchedHost> hosts)
    {
        var ids = hosts.Where(host => host.Id.Length > 0).Select(host => $$"""{"hostid":"{{host.Id}}"}""").ToArray();
        if (ids.Length > 0)
            server.Api("host.massupdate", $$"""{"hosts":[{{string.Join(',', ids)}}],"status":1}""");
    }

    private static string? Follow(WatchedHost host, Problems problems)
    {
        if (!Await(() => host.CountValues() >= host.Condition.ValuesBefore))
            return $"{host.Name} gets no values: {host.Evidence()}";
        if (problems.Triggers.Any(host.Triggers.ContainsKey))
            return $"{host.Name}: a problem before there is a reason";
        host.Begin();
        if (!Await(() => problems.HasOpened(host.OwnTrigger)))
            return $"{host.Name} did not open: {host.Evidence()}";
        host.End();
        return Await(() => problems.IsOver(host.OwnTrigger)) ? null : $"{host.Name} did not close: {host.Evidence()}";
    }

    // A trigger that stands behind another one may be first, as long as there are too few values for the other.
    private static string? Surplus(WatchedHost host, Problems problems)
    {
        string[] opened = [.. problems.Triggers.Select(trigger => host.Triggers.GetValueOrDefault(trigger)).OfType<string>()];
        string[] allowed = [host.Condition.Trigger, .. host.Condition.AlsoOpens, .. TemplateTriggers.All
            .Where(trigger => trigger.SilentWhile.Contains(host.Condition.Trigger, StringComparer.Ordinal)).Select(trigger => trigger.Id)];
        string[] surplus = [.. opened.Except(allowed, StringComparer.Ordinal)];
        if (surplus.Length > 0)
            return $"{host.Name} opened as well: {string.Join(", ", surplus)}";
        int times = opened.Count(id => id == host.Condition.Trigger);
        return times > 1 ? $"{host.Name} opened {times} times: {host.Evidence()}" : null;
    }
}
