using System.Collections.Immutable;
using System.Diagnostics;
using TcpLens.Core.Model;
using TcpLens.Outputs.Zabbix;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>
/// Every key comes to real servers by every way on which TcpLens itself talks with them: asked as an agent (plain text to 6.0, JSON to 7.0),
/// by active checks, and pushed. What it reads is a namespace in which every state is held.
/// </summary>
public abstract class KeysByEveryWay(Servers servers, string version)
{
    /// <summary>The lab's host; what TcpLens says to the server goes by another address, so that counts of this one are exact.</summary>
    private const string LabHost = "10.0.0.1";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    /// <summary>Sockets that the talk with the server itself may add to a state: its listener, a connection that is open, those of before that are closing.</summary>
    private const int OwnMaximum = 60;

    private static readonly ImmutableArray<string> s_whole = [.. TcpStates.All.Select(info => info.Linux)];

    private static readonly ImmutableArray<string> s_exact =
    [
        .. TcpStates.All.Select(info => $"{KeyNames.State}[{info.Name},,{LabHost}]"),
        $"{KeyNames.State}[,,{LabHost},10.1.0.0/16,443]", KeyNames.Ports,
    ];

    private static readonly ImmutableArray<(string Key, string Same)> s_builtIn =
    [
        .. TcpStates.All.Where(info => info.State != TcpState.Close).Select(info => ($"net.tcp.socket.count[{LabHost},,,,{info.Linux.ToLowerInvariant()}]", $"{KeyNames.State}[{info.Name},,{LabHost}]")),
    ];

    [Collection(TemplateOnServers.On6Alone)]
    public sealed class On6(Servers servers) : KeysByEveryWay(servers, "6.0");

    [Collection(TemplateOnServers.On7Alone)]
    public sealed class On7(Servers servers) : KeysByEveryWay(servers, "7.0");

    [Theory]
    [InlineData("agent")]
    [InlineData("active")]
    [InlineData("trapper")]
    public void Each_key_has_the_value_that_the_kernel_has(string way)
    {
        var server = ZabbixServer.Of(servers, version);
        Require.Kernel(6, 8, "older kernels do not tell bound sockets");
        using var site = new Site();
        string name = "every-" + way;
        bool isPushed = way == "trapper";
        ImmutableArray<string> keys = [.. s_whole, .. s_exact, .. isPushed ? [] : s_builtIn.Select(one => one.Key), .. isPushed ? [] : new[] { "agent.ping", "agent.hostname" }];
        try
        {
            string[] interfaces = [];
            if (way == "agent")
            {
                var (address, port) = server.StartAgent("tcplens", name, site.ProcessId, []);
                interfaces = ["--interface", $"{address}:{port}"];
            }

            server.Provision(server.Token, ["--host", name, "--via", way, .. interfaces, "--apply"]).Good();
            var host = new WatchedHost(server, name);
            host.AddItems(keys, way switch { "agent" => 0, "active" => 7, _ => 2 });
            server.ReloadConfiguration();
            if (way == "active")
                server.StartAgent("tcplens", name, site.ProcessId, [$"zabbix_agent.servers = \"{server.Place}\""]);
            else if (isPushed)
                server.Connect(site.ProcessId);
            AwaitRight(host, site, keys, isPushed ? () => Push(server, site, name, keys) : static () => { });
        }
        finally
        {
            if (!isPushed)
                server.StopAgent(name);
        }
    }

    private static void Push(ZabbixServer server, Site site, string name, IEnumerable<string> keys) =>
        site.TryEnter(ZabbixServer.Binary, "zabbix", "push", "--server", server.Place, "--hostname", name, "--key", string.Join(',', keys.Append(KeyNames.States)));

    private static void AwaitRight(WatchedHost host, Site site, ImmutableArray<string> keys, Action send)
    {
        var waited = Stopwatch.StartNew();
        string[] wrong;
        do
        {
            send();
            Thread.Sleep(1000);
            var items = host.Items();
            wrong = [.. keys.Select(key => Complaint(key, items[key], site)).Concat(Template(items, site)).OfType<string>()];
        }
        while (wrong.Length > 0 && waited.Elapsed < s_patience);

        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    private static string? Complaint(string key, LastValue item, Site site)
    {
        if (item.Trouble is { } trouble)
            return $"{key}: {trouble}";
        if (item.Value is not { } value)
            return $"{key}: no value has come";
        if (TcpStates.All.FirstOrDefault(info => info.Linux == key) is { } state)
            return long.Parse(value) - site[state.State] is >= 0 and <= OwnMaximum ? null : $"{key}: {value}, the site holds {site[state.State]}";
        string expected = key switch
        {
            "agent.ping" => "1",
            "agent.hostname" => value,
            _ => site.Enter(ZabbixServer.Binary, "zabbix", "get", s_builtIn.FirstOrDefault(one => one.Key == key).Same ?? key).TrimEnd('\n'),
        };
        return value == expected ? null : $"{key}: {value}, expected {expected}";
    }

    // The template's own items are parts of one document.
    private static IEnumerable<string?> Template(IReadOnlyDictionary<string, LastValue> items, Site site) =>
        from state in new[] { TcpState.SynRecv, TcpState.CloseWait, TcpState.Closing, TcpState.LastAck }
        let key = $"tcplens.sockets[{state.Info().Name}]"
        let item = items[key]
        let complaint = item.Trouble ?? Expectation.Between(site[state], site[state] + OwnMaximum).Complaint(item.Value)
        select complaint is null ? null : $"{key}: {complaint}";
}
