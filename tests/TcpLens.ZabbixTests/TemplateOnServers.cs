using System.Diagnostics;
using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.Outputs.Zabbix;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>The program's own template on real servers, polled from real agents in a namespace with known sockets.</summary>
public abstract class TemplateOnServers(Servers servers, string version)
{
    /// <summary>Tests that import the template, or count on it, go one after the other on each server.</summary>
    internal const string On6Alone = "the template of 6.0";

    /// <inheritdoc cref="On6Alone"/>
    internal const string On7Alone = "the template of 7.0";

    // TcpLens as an agent answers for a second with what it read, so that many quick looks may all meet the same answer.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly string[] s_asAgent = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    private ZabbixServer Server => ZabbixServer.Of(servers, version);

    private const string Unchanged = "nothing to change: template and host are as they should be\n";

    [Collection(On6Alone)]
    public sealed class On6(Servers servers) : TemplateOnServers(servers, "6.0");

    [Collection(On7Alone)]
    public sealed class On7(Servers servers) : TemplateOnServers(servers, "7.0")
    {
        [Fact]
        public void The_file_for_6_0_serves_7_0_as_well()
        {
            var server = Server;
            string file = Path.GetTempFileName();
            try
            {
                File.WriteAllText(file, server.RunAsAgent("tcplens", "zabbix", "template", "--for", "6.0", "--lang", "en"));
                string[] wanted = ["--template", file, "--host", "with-older-file", "--interface", "127.0.0.1:1"];
                server.Provision(server.Token, [.. wanted, "--apply"]).Good();
                Assert.Equal(Unchanged, server.Provision(server.Token, wanted).Good());
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    [Theory]
    [InlineData("agentd")]
    [InlineData("agent2")]
    [InlineData("tcplens")]
    public void Every_item_has_the_value_of_the_site_and_none_is_unsupported(string kind)
    {
        var server = Server;
        Require.Kernel(6, 8, "older kernels do not tell bound sockets");
        using var site = new Site();
        string inSite = "template-" + kind, onMachine = "machine-" + kind;
        string[] lines = kind == "tcplens" ? [] : [server.RunAsAgent("tcplens", "zabbix", "userparameters")];
        try
        {
            var place = server.StartAgent(kind, inSite, site.ProcessId, lines);
            WatchedHost[] hosts = [Provision(server, inSite, place), Provision(server, onMachine, server.StartAgent(kind, onMachine, null, lines))];
            server.ReloadConfiguration();
            new ValueWatch(hosts[0], site, new ExpectedValues(site, place.Port), () => WatchedHost.AskNow(server, hosts)).AwaitAllRight();
            AssertMachine(hosts[1].Items());
            AssertDiscovery(server, inSite, site, place.Port);
            AssertServices(server, inSite, site);
        }
        finally
        {
            server.StopAgent(inSite);
            server.StopAgent(onMachine);
        }
    }

    private static WatchedHost Provision(ZabbixServer server, string host, (string Address, int Port) place)
    {
        string[] wanted = ["--host", host, "--interface", $"{place.Address}:{place.Port}"];
        server.Provision(server.Token, [.. wanted, "--apply"]).Good();
        Assert.Equal(Unchanged, server.Provision(server.Token, wanted).Good());
        return new WatchedHost(server, host);
    }

    // What the machine's first namespace alone tells. Its sockets are those of everybody, so that the other items are only supported here.
    private static void AssertMachine(IReadOnlyDictionary<string, LastValue> items)
    {
        Assert.Empty(items.Values.Select(item => item.Trouble).OfType<string>());
        foreach (var (limit, value) in Limits.Of(MachineLimits.Setting))
            Assert.Null(Expectation.Number(value).Complaint(items[$"tcplens.limit[{limit}]"].Value));
        Assert.Equal(MachineLimits.Setting("net/ipv4/tcp_max_orphans") is null, items["tcplens.used[orphans]"].Value is null);
        AssertShare("tcplens.used[orphans]", "tcplens.kernel[orphans]", "tcplens.limit[tcp_max_orphans]");
        AssertShare("tcplens.used[memory]", "tcplens.kernel[memory]", "tcplens.limit[tcp_mem_max]");

        // All three are parts of one reading.
        void AssertShare(string share, string part, string whole)
        {
            if (items[whole].Value is not { } limit)
                return;
            double percent = 100 * double.Parse(items[part].Value!) / double.Parse(limit);
            Assert.Null(Expectation.Between(percent - 0.005, percent + 0.005).Complaint(items[share].Value));
        }
    }

    private static void AssertDiscovery(ZabbixServer server, string agent, Site site, int agentPort)
    {
        var look = site.Look();
        var ports = look.ListeningPorts.Select(port => $"{port} {Widest(look, port)} {Family(look, port)} {(site.KnownPorts.Any(known => known.Number == port && known.IsEphemeral) ? "yes" : "no")}");
        Assert.Contains(agentPort, look.ListeningPorts);
        Assert.Equal(ports.Order(StringComparer.Ordinal), Rows(server.Get(agent, KeyNames.Ports), "{#PORT}", "{#SCOPE}", "{#FAMILY}", "{#EPHEMERAL}").Order(StringComparer.Ordinal));

        // Others make and end namespaces meanwhile, and processes come and go in those that stay: one look of several has to be right. A namespace whose
        // processes are all another user's has a stand-in for its number, which no link tells.
        string[] wrong;
        var waited = Stopwatch.StartNew();
        do
        {
            string[] hidden = Hidden(), before = Namespaces(s_asAgent), told = [.. Rows(server.Get(agent, KeyNames.Namespaces), "{#ID}")], after = Namespaces(s_asAgent);
            Assert.True(told.Contains(site.Inode, StringComparer.Ordinal), $"{site.Inode} is not told");
            Assert.Distinct(told, StringComparer.Ordinal);
            string[] standIns = [.. told.Except(before, StringComparer.Ordinal).Except(after, StringComparer.Ordinal)];
            wrong = [.. before.Intersect(after, StringComparer.Ordinal).Except(told, StringComparer.Ordinal), .. standIns.Length == hidden.Length ? [] : standIns.Append($"for {hidden.Length}")];
        }
        while (wrong.Length > 0 && waited.Elapsed < s_patience);
        Assert.Empty(wrong);
    }

    // Whose they are, nobody's agent may hardly see; but none may be lost, or told twice. Polls leave and take TIME_WAIT between the looks.
    private static void AssertServices(ZabbixServer server, string agent, Site site)
    {
        // ss does not show CLOSE.
        int bound = (int)site[TcpState.Close], before = bound + site.Look().Sockets.Count;
        using var document = JsonDocument.Parse(server.Get(agent, KeyNames.Services));
        int after = bound + site.Look().Sockets.Count;
        var root = document.RootElement;
        int told = root.GetProperty("services").EnumerateArray().Sum(one => one.GetProperty("total").GetInt32()) + root.GetProperty("others").GetInt32() + root.GetProperty("unknown").GetInt32();
        Assert.InRange(told, Math.Min(before, after) - 2, Math.Max(before, after) + 2);
    }

    // Those in which no process may be looked at by the agent's user.
    private static string[] Hidden() => [.. Namespaces().Except(Namespaces(s_asAgent), StringComparer.Ordinal)];

    private static string[] Namespaces(params string[] user) =>
    [
        .. Outcome.Of(TimeSpan.FromSeconds(30), new Dictionary<string, string>(StringComparer.Ordinal), "env", [.. user, "sh", "-c", "for one in /proc/[0-9]*/ns/net; do readlink $one || :; done"])
            .Good().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(link => link["net:[".Length..^1]).Distinct(StringComparer.Ordinal),
    ];

    private static string Widest(Snapshot look, int port) =>
        new[] { "any", "address", "loopback" }.First(scope => look.Listeners(port).Any(listener => listener.Scope == scope));

    private static string Family(Snapshot look, int port) =>
        look.Listeners(port).All(listener => listener.IsIPv6) ? "ipv6" : look.Listeners(port).Any(listener => listener.IsIPv6) ? "both" : "ipv4";

    private static IEnumerable<string> Rows(string json, params string[] macros)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(row => string.Join(' ', macros.Select(macro => row.GetProperty(macro).GetString())))];
    }
}
