using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Core.Model;

namespace TcpLens.ZabbixTests;

/// <summary>A host that TcpLens collects each second: by active checks, and two items unasked.</summary>
internal sealed class CollectedHost : IDisposable
{
    private const int Float = 0, Characters = 1, Unsigned = 3, Text = 4;

    private static readonly ImmutableArray<(string Key, int Type)> s_asked =
    [
        .. TcpStates.All.Select(info => (info.Linux, Unsigned)),
        .. TcpStates.All.Select(info => ($"tcplens.state[{info.Name},,127.0.0.1]", Float)),
        ("agent.ping", Unsigned), ("agent.hostname", Characters), ("agent.version", Characters), ("tcplens.states", Text),
    ];

    private static readonly ImmutableArray<(string Key, int Type)> s_pushed = [("tcplens.state[listen,1]", Unsigned), ("tcplens.ports.discovery", Text)];

    private readonly ZabbixServer _server;
    private readonly ResidentProgram _program = new();
    private readonly List<(long From, long To)> _absences = [];

    /// <summary>Adds it to the server.</summary>
    /// <param name="server">Where its values end.</param>
    /// <param name="name">Its name.</param>
    /// <param name="proxy">The number of the proxy that it reports to; <see langword="null"/>: to the server.</param>
    /// <param name="way">On which it reports.</param>
    public CollectedHost(ZabbixServer server, string name, string? proxy, LossyRelay way)
    {
        _server = server;
        Name = name;
        Way = way;
        string reportsTo = proxy is null ? "" : server.Version == "6.0" ? $""","proxy_hostid":"{proxy}" """ : $""","monitored_by":1,"proxyid":"{proxy}" """;
        string id = server.Api("host.create", $$"""{"host":"{{name}}","groups":[{"groupid":"2"}]{{reportsTo}}}""").GetProperty("hostids")[0].GetString()!;
        Asked = Add(id, s_asked, "\"type\":7,\"delay\":\"1s\"");
        Pushed = Add(id, s_pushed, "\"type\":2");
        _program.Configure(
            $"zabbix_agent.servers = \"{way.Place}\"",
            $"zabbix_agent.hostname = \"{name}\"",
            $"zabbix_push.servers = \"{way.Place}\"",
            "zabbix_push.interval = \"1s\"",
            $"zabbix_push.keys = [{string.Join(", ", s_pushed.Select(item => $"\"{item.Key}\""))}]");
    }

    public string Name { get; }

    /// <summary>The way to its server or proxy.</summary>
    public LossyRelay Way { get; }

    /// <summary>The items of active checks: number and key.</summary>
    public IReadOnlyDictionary<string, string> Asked { get; }

    /// <summary>The items that are sent unasked: number and key.</summary>
    public IReadOnlyDictionary<string, string> Pushed { get; }

    /// <summary>What TcpLens has logged.</summary>
    public string Log => _program.Log;

    public void Start() => _program.Start();

    /// <summary>Kills TcpLens and starts it again.</summary>
    public void Restart()
    {
        long from = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        _program.Kill();
        _program.Start();
        _absences.Add((from, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1));
    }

    public void Stop() => _program.Stop();

    /// <summary>Whether TcpLens did not run in all of a second.</summary>
    public bool WasAway(long second) => _absences.Exists(one => second >= one.From && second <= one.To);

    /// <summary>The host's values in the database, in the order in which they were stored.</summary>
    public IReadOnlyList<(string Item, long Clock, int Nanoseconds)> Rows()
    {
        string items = string.Join(',', Asked.Keys.Concat(Pushed.Keys));
        // The database numbers its transactions; within one, the place in the file tells the order.
        var tables = new[] { "history", "history_str", "history_uint", "history_text" }
            .Select(table => $"select itemid, clock, ns, xmin::text::bigint as number, ctid as place from {table} where itemid in ({items})");
        return
        [
            .. _server.Sql($"select itemid, clock, ns from ({string.Join(" union all ", tables)}) as one order by number, place")
                .Select(line => line.Split('|')).Select(row => (row[0], long.Parse(row[1]), int.Parse(row[2]))),
        ];
    }

    /// <summary>Whether every item has a value that is newer than a second.</summary>
    public bool HasAllSince(long second) => _server.Sql(string.Join(" union all ", new[] { "history", "history_str", "history_uint", "history_text" }
        .Select(table => $"select distinct itemid from {table} where clock > {second} and itemid in ({string.Join(',', Asked.Keys.Concat(Pushed.Keys))})"))).Length == Asked.Count + Pushed.Count;

    public void Dispose() => _program.Dispose();

    private Dictionary<string, string> Add(string host, ImmutableArray<(string Key, int Type)> items, string way)
    {
        var made = items.Select(item => $$"""{"name":{{Quoted(item.Key)}},"key_":{{Quoted(item.Key)}},"hostid":"{{host}}","value_type":{{item.Type}},{{way}}}""");
        var numbers = _server.Api("item.create", $"[{string.Join(',', made)}]").GetProperty("itemids").EnumerateArray();
        return numbers.Zip(items).ToDictionary(one => one.First.GetString()!, one => one.Second.Key, StringComparer.Ordinal);
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
