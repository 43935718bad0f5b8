using System.Text.Json;
using TcpLens.TestKit;
using TcpLens.ZabbixTests.Encryption;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>A real Zabbix of one version, by <c>tests/zabbix/lab</c>: brought up by the first test that asks, for all tests of the run.</summary>
public sealed class ZabbixServer
{
    /// <summary>A download and the filling of a database on a slow machine.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, string> _named;

    private readonly Lazy<bool> _isUp;

    /// <summary>One that is not yet up.</summary>
    /// <param name="version">6.0 or 7.0.</param>
    /// <param name="name">What tells it from others of the same version.</param>
    internal ZabbixServer(string version, string name)
    {
        Version = version;
        _named = new Dictionary<string, string>(StringComparer.Ordinal) { ["TCPLENS_ZABBIX_STATE"] = name };
        _isUp = new Lazy<bool>(() =>
        {
            Lab("clean");
            Certificates.Give(this);
            Lab("up");
            return true;
        });
    }

    public string Version { get; }

    /// <summary>The published program, which agents run as /usr/bin/tcplens.</summary>
    public static string Binary => Environment.GetEnvironmentVariable("TCPLENS_BINARY") ?? "";

    public string Url => Lab("url").Trim();

    /// <summary>The port of 127.0.0.1 at which the server takes what is sent.</summary>
    public int Port => int.Parse(Lab("status").TrimEnd().Split(':')[^1]);

    public string Token => Lab("token").Trim();

    /// <summary>Where the server takes values that are sent to it.</summary>
    public int TrapperPort => int.Parse(Lab("status").Trim().Split(':')[^1]);

    /// <summary>ADDRESS:PORT at which the server takes what is sent, also from other network namespaces.</summary>
    public string Place => Lab("server").Trim().Replace(' ', ':');

    /// <summary>Makes <see cref="Place"/> reachable from the network namespace of a process in which no agent runs.</summary>
    public void Connect(int process) => Lab("connect", $"{process}");

    /// <summary>The server of a version, running. Skips the test where it cannot run.</summary>
    public static ZabbixServer Of(Servers servers, string version) => Running(servers[version]);

    /// <summary>Another one of the version, whose stops disturb no other test. Skips the test where it cannot run.</summary>
    public static ZabbixServer ToStop(Servers servers, string version) => Running(servers.ToStop(version));

    /// <summary>What <c>tcplens --version</c> says, without the name.</summary>
    public static string BinaryVersion => Outcome.Of(s_longest, new Dictionary<string, string>(StringComparer.Ordinal), Binary, "--version").Good().Trim().Split(' ')[^1];

    /// <summary>Starts an agent in the namespace of a process (none: in ours), with these lines in its drop-in directory; its address and port.</summary>
    public (string Address, int Port) StartAgent(string kind, string name, int? process, IEnumerable<string> lines)
    {
        LabWith(string.Join('\n', lines) + "\n", "drop-in", name);
        string[] words = Lab("agent", process is { } into ? [kind, name, $"{into}"] : [kind, name]).Trim().Split(' ');
        return (words[0], int.Parse(words[1]));
    }

    public void StopAgent(string name) => Lab("stop", name);

    /// <summary>Makes the file /lab/tls/<paramref name="name"/>, which the agents' user alone may read.</summary>
    public void Keep(string name, string text) => LabWith(text, "secret", name);

    /// <summary>What an agent has said since the lab came up, on its outputs.</summary>
    public string LogOf(string agent) => RunAsAgent("cat", $"/lab/log/{agent}.out");

    /// <summary>Starts a proxy that the server knows; ADDRESS:PORT at which it takes values.</summary>
    public string StartProxy(string name) => Lab("proxy", name).Trim().Replace(' ', ':');

    /// <summary>Ends a daemon by a signal: the server, a proxy or an agent.</summary>
    public void Stop(string daemon, string signal) => Lab("stop", daemon, signal);

    /// <summary>Brings back what was stopped of server, database and frontend.</summary>
    public void Start() => Lab("up");

    /// <summary>The rows of a query of the server's database; columns have bars between them.</summary>
    public string[] Sql(string query) => Lab("sql", "-c", query).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What zabbix_get prints for the key.</summary>
    public string Get(string agent, string key) => Lab("get", agent, key).TrimEnd('\n');

    /// <summary>What zabbix_get prints for the key; where it is not supported, the reason alone. 7.0's ends with an error then.</summary>
    public string Said(string agent, string key)
    {
        const string Mark = "ZBX_NOTSUPPORTED";
        var asked = Try("", "get", [agent, key]);
        string said = (asked.Output + asked.Error).TrimEnd('\n');
        return said.StartsWith(Mark, StringComparison.Ordinal) ? said[Mark.Length..].TrimStart('\0', ':', ' ') : said;
    }

    /// <summary>Whether the agent knows the key: 7.0's zabbix_get ends with an error when it does not.</summary>
    public bool Knows(string agent, string key) => Try("", "get", [agent, key]) is var asked && !(asked.Output + asked.Error).Contains("ZBX_NOTSUPPORTED", StringComparison.Ordinal);

    /// <summary>What a command prints that runs as the agents run it: as nobody, in their root directory.</summary>
    public string RunAsAgent(params IEnumerable<string> command) => Lab("run", command);

    /// <summary>The same, with whatever comes of it.</summary>
    internal Outcome TryRunAsAgent(params IEnumerable<string> command) => Try("", "run", command);

    /// <summary>The process of an agent that runs.</summary>
    public int ProcessOf(string agent) =>
        int.Parse(Lab("status").Split('\n').Single(line => line.StartsWith(agent + " runs, process ", StringComparison.Ordinal)).Split(' ')[^1]);

    /// <summary>Sends a signal to an agent that is to go on.</summary>
    public void Signal(string agent, string signal) => Outcome.Of(s_longest, _named, "kill", "-" + signal, $"{ProcessOf(agent)}").Good();

    /// <summary>Runs a command where an agent runs, in its root directory and network namespace, as root or as the agent's user.</summary>
    internal Outcome Beside(string agent, bool asRoot, params IEnumerable<string> command)
    {
        string[] user = asRoot ? [] : ["--setuid", "65534", "--setgid", "65534"];
        return Outcome.Of(s_longest, _named, "nsenter", ["--target", $"{ProcessOf(agent)}", "--net", "--mount", "--root", "--wd", .. user, .. command]);
    }

    /// <summary>The result of a call of the API as Admin.</summary>
    public JsonElement Api(string method, string parameters)
    {
        string text = Lab("api", method, parameters);
        // Two calls at once that make the first thing of a kind collide in Zabbix' table of numbers; the later one has been undone whole.
        if (text.Contains("DBEXECUTE_ERROR", StringComparison.Ordinal))
            text = Lab("api", method, parameters);
        using var answer = JsonDocument.Parse(text);
        Assert.True(answer.RootElement.TryGetProperty("result", out var result), text);
        return result.Clone();
    }

    /// <summary>Runs the program against this server's API.</summary>
    internal Outcome Provision(string token, params IEnumerable<string> arguments) =>
        Outcome.Of(s_longest, new Dictionary<string, string>(StringComparer.Ordinal) { ["TCPLENS_ZABBIX_TOKEN"] = token }, Binary, ["zabbix", "provision", "--lang", "en", "--url", Url, .. arguments]);

    /// <summary>Makes the server as patient as the lab's agents are; before 7.0 its configuration file says so.</summary>
    public void WaitLongForAgents()
    {
        if (Version == "7.0")
            Api("settings.update", """{"timeout_zabbix_agent":"10s"}""");
    }

    /// <summary>What the server knows already must not wait for its next look into the database.</summary>
    public void ReloadConfiguration() => Lab("reload");

    internal void Down()
    {
        if (_isUp.IsValueCreated)
            Lab("clean");
    }

    private static ZabbixServer Running(ZabbixServer server)
    {
        Require.Root();
        Require.That(File.Exists(Binary), "needs the published program in TCPLENS_BINARY: run ./dev test");
        _ = server._isUp.Value;
        return server;
    }

    private string Lab(string verb, params IEnumerable<string> arguments) => LabWith("", verb, arguments);

    private string LabWith(string input, string verb, params IEnumerable<string> arguments) => Try(input, verb, arguments).Good();

    private Outcome Try(string input, string verb, IEnumerable<string> arguments) =>
        Outcome.With(input, s_longest, _named, RepositoryRoot.Of("tests", "zabbix", "lab"), [verb, Version, .. arguments]);
}
