using Xunit;

namespace TcpLens.ZabbixTests.Encryption;

/// <summary>What TcpLens sends to a server, pushed or by active checks, protected by a pre-shared key and by certificates.</summary>
public sealed class SentToServer(Servers servers)
{
    private const int Sent = 2;
    private const int Active = 7;
    private const string SentKey = "LISTEN";
    private const string ActiveKey = "agent.hostname";

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void Pushed_values_arrive_and_whatever_is_wrong_ends_with_words_that_help(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        const string ByKey = "tls-push-key", ByCertificate = "tls-push-certificate";
        var key = SharedKey.In(server, "push.psk", "push");
        EncryptedHost[] hosts = [EncryptedHost.ByKey(server, ByKey, key), EncryptedHost.ByCertificate(server, ByCertificate)];
        foreach (var host in hosts)
            host.Watched.AddItems([SentKey], Sent);
        server.ReloadConfiguration();
        AwaitTaken(server, ByKey, key.Options());
        AwaitTaken(server, ByCertificate, Certificates.Options("agent"));
        Assert.All(hosts, host => Patience.Until(() => host.Watched.Items()[SentKey].Value is null ? "a value that was taken is not there" : null));

        // Zabbix' own sender by the same key. Debian 13 has it in a package that no other one asks for; the older one speaks to both servers.
        var sender = ZabbixServer.Of(servers, "6.0");
        sender.Keep("push.psk", key.Digits + "\n");
        sender.TryRunAsAgent(["zabbix_sender", "-z", "127.0.0.1", "-p", $"{server.Port}", "-s", ByKey, "-k", SentKey, "-o", "987", .. key.Options()]).Good();
        Patience.UntilValue(hosts[0].Watched, SentKey, "987");

        const string Closed = "the server closed the connection during the TLS handshake: check the PSK identity, the key and the host's encryption setting";
        Fails(Closed, ByKey, SharedKey.In(server, "push-wrong.psk", key.Identity).Options());
        Fails(Closed, ByKey, (key with { Identity = "nobody" }).Options());
        Fails("0 of 1 values taken", ByKey, []);
        Fails("0 of 1 values taken", ByKey, Certificates.Options("agent"));
        Fails("the reason is in the server's log", ByCertificate, Certificates.Options("rogue"));
        Fails("the server may not be trusted", ByCertificate, Certificates.Options("agent", Certificates.RogueAuthority));
        Fails("the server may not be trusted", ByCertificate, [.. Certificates.Options("agent"), "--tls-server-cert-subject", "CN=another"]);
        AwaitTaken(server, ByCertificate, [.. Certificates.Options("agent"), "--tls-server-cert-subject", Certificates.ServerSubject, "--tls-server-cert-issuer", Certificates.Issuer]);

        void Fails(string words, string host, string[] way)
        {
            var pushed = Push(server, host, way);
            Assert.True(pushed.ExitCode == 1, $"exit code {pushed.ExitCode}: {pushed.Output}{pushed.Error}");
            Assert.Contains(words, pushed.Output);
        }
    }

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void Active_checks_are_made_and_a_wrong_key_is_put_right_while_the_agent_runs(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        string[] names = ["tls-active-key", "tls-active-certificate", "tls-active-mended"];
        var key = SharedKey.In(server, "active.psk", "active");
        var right = SharedKey.In(server, "mended.psk", "mended");
        EncryptedHost[] hosts = [EncryptedHost.ByKey(server, names[0], key), EncryptedHost.ByCertificate(server, names[1]), EncryptedHost.ByKey(server, names[2], right)];
        foreach (var host in hosts)
            host.Watched.AddItems([ActiveKey], Active);
        server.ReloadConfiguration();
        SharedKey.In(server, "mended.psk", "mended");
        try
        {
            Start(names[0], "psk", key.Lines());
            Start(names[1], "cert", Certificates.Lines());
            Start(names[2], "psk", right.Lines());
            foreach (int index in new[] { 0, 1 })
                Patience.UntilValue(hosts[index].Watched, ActiveKey, names[index]);

            Patience.UntilLogged(server, names[2], "check the PSK identity, the key and the host's encryption setting on both sides; the reason is in the server's log");
            Assert.Null(hosts[2].Watched.Items()[ActiveKey].Value);
            server.Keep("mended.psk", right.Digits + "\n");
            server.Signal(names[2], "HUP");
            Patience.UntilValue(hosts[2].Watched, ActiveKey, names[2]);
        }
        finally
        {
            Array.ForEach(names, server.StopAgent);
        }

        void Start(string name, string how, string[] lines) =>
            server.StartAgent("tcplens", name, null, [$"zabbix_agent.servers = \"{server.Place}\"", $"zabbix_tls.connect = \"{how}\"", .. lines]);
    }

    // The server takes values when it has read that there is such a host.
    private static void AwaitTaken(ZabbixServer server, string host, string[] way) =>
        Patience.Until(() => Push(server, host, way) is { ExitCode: not 0 } pushed ? pushed.Output + pushed.Error : null);

    private static Outcome Push(ZabbixServer server, string host, string[] way) =>
        server.TryRunAsAgent(["tcplens", "zabbix", "push", "--lang", "en", "--server", server.Place, "--hostname", host, "--key", SentKey, .. way]);
}
