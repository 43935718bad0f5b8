using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>The resident monitor as an agent: what its configuration says, and what it says after SIGHUP.</summary>
public sealed class AgentByConfiguration(Servers servers) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ResidentProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void The_monitor_answers_as_configured_and_otherwise_after_a_signal()
    {
        var server = ZabbixServer.Of(servers, "7.0");
        int first = FreePort(), second = FreePort();
        Configure(first, "127.0.0.1", "one");
        _program.Start();
        Assert.Equal("one", Get(server, first, "agent.hostmetadata"));
        Assert.Equal("by-configuration", Get(server, first, "agent.hostname"));
        Assert.True(long.Parse(Get(server, first, "LISTEN")) > 0);

        Configure(second, "127.0.0.1", "two");
        _program.Reload();
        Await(() => Get(server, second, "agent.hostmetadata") == "two");
        Assert.Equal("", Get(server, first, "agent.ping"));

        // Not a valid file: all goes on as before.
        Configure(second, "not an address!", "three");
        _program.Reload();
        Await(() => _program.Log.Contains("allow", StringComparison.Ordinal));
        Assert.Equal("two", Get(server, second, "agent.hostmetadata"));

        // Whoever is not allowed is cut off.
        Configure(second, "192.0.2.1", "four");
        _program.Reload();
        Await(() => Get(server, second, "agent.ping") == "");

        _program.Configure();
        _program.Reload();
        Await(() => !Listens(second));
        _program.Stop();
    }

    private void Configure(int port, string allowed, string metadata) => _program.Configure(
        $"zabbix_agent.listen = \"127.0.0.1:{port}\"",
        $"zabbix_agent.allow = \"{allowed}\"",
        "zabbix_agent.hostname = \"by-configuration\"",
        $"zabbix_agent.metadata = \"{metadata}\"");

    /// <summary>What zabbix_get prints; nothing when nobody answers.</summary>
    private static string Get(ZabbixServer server, int port, string key) =>
        server.TryRunAsAgent("zabbix_get", "--host", "127.0.0.1", "--port", $"{port}", "--key", key).Output.TrimEnd('\n');

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Await(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < s_patience, "the new configuration does not hold\n" + _program.Log);
            Thread.Sleep(200);
        }
    }
}
