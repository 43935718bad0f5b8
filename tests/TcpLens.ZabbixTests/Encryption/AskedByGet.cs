using Xunit;

namespace TcpLens.ZabbixTests.Encryption;

/// <summary>
/// <c>zabbix_get</c> asks TcpLens in every way of protection, and is refused in every wrong one. (There is no counterpart with
/// <c>zabbix_sender</c>: TcpLens takes no values.)
/// </summary>
public sealed class AskedByGet(Servers servers)
{
    private const string Key = "agent.hostname";

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void One_port_answers_plain_by_key_and_by_certificate(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        const string Agent = "tls-any";
        // The shortest key that Zabbix takes.
        var key = SharedKey.In(server, "any.psk", "tls-any", bytes: 16);
        var at = server.StartAgent("tcplens", Agent, null, ["zabbix_tls.accept = [\"unencrypted\", \"psk\", \"cert\"]", .. key.Lines(), .. Certificates.Lines()]);
        try
        {
            string[][] ways = [[], key.Options(), Certificates.Options("agent")];
            Assert.All(ways, way => Assert.Equal(Agent, Get(server, at, way).Good().TrimEnd()));

            Refused("may not be trusted: its certificate \"CN=agent,O=TcpLens\" is not trusted", Certificates.Options("rogue"));
            Refused("key for the PSK identity \"tls-any\" is not ours", SharedKey.In(server, "any-wrong.psk", key.Identity, bytes: 16).Options());
            // It is the client that does not trust us.
            AssertNothing(Agent, Get(server, at, Certificates.Options("agent", Certificates.RogueAuthority)));
        }
        finally
        {
            server.StopAgent(Agent);
        }

        void Refused(string reason, string[] way) => AssertRefused(server, Agent, at, reason, way);
    }

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void Where_a_key_is_wanted_whoever_has_none_or_another_gets_nothing_and_the_log_says_why(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        const string Agent = "tls-key";
        // The longest key and the longest identity that Zabbix takes: 256 bytes, 128 bytes of UTF-8.
        var key = SharedKey.In(server, "long.psk", new string('é', 64), bytes: 256);
        var at = server.StartAgent("tcplens", Agent, null, ["zabbix_tls.accept = [\"psk\"]", .. key.Lines()]);
        try
        {
            Assert.Equal(Agent, Get(server, at, key.Options()).Good().TrimEnd());

            Refused("does not encrypt, and unencrypted connections are not accepted here", []);
            Refused("the client knows the PSK identity \"stranger\", not \"éé", (key with { Identity = "stranger" }).Options());
            Refused("the client's key for the PSK identity \"éé", SharedKey.In(server, "long-wrong.psk", key.Identity, bytes: 256).Options());
            Refused("the client offers no pre-shared key", Certificates.Options("agent"));
        }
        finally
        {
            server.StopAgent(Agent);
        }

        void Refused(string reason, string[] way) => AssertRefused(server, Agent, at, reason, way);
    }

    private static void AssertRefused(ZabbixServer server, string agent, (string Address, int Port) at, string reason, string[] way)
    {
        Assert.DoesNotContain(reason, server.LogOf(agent));
        AssertNothing(agent, Get(server, at, way));
        Patience.UntilLogged(server, agent, reason);
    }

    // 7.0's zabbix_get says on its standard output that it got nothing; 6.0's ends well all the same.
    private static void AssertNothing(string agent, Outcome asked) => Assert.DoesNotContain(agent, asked.Output);

    private static Outcome Get(ZabbixServer server, (string Address, int Port) at, string[] way) =>
        server.TryRunAsAgent(["zabbix_get", "--host", at.Address, "--port", $"{at.Port}", "--key", Key, .. way]);
}
