using Xunit;

namespace TcpLens.ZabbixTests.Encryption;

/// <summary>A server asks TcpLens by a pre-shared key and by certificates; with a wrong key it gets nothing, and says so of the host.</summary>
public sealed class AskedByServer(Servers servers)
{
    private const string Key = "agent.hostname";
    private const int Asked = 0;

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void Values_come_by_key_and_by_certificate_and_by_a_wrong_key_none(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        var key = SharedKey.In(server, "asked.psk", "asked");
        var ours = SharedKey.In(server, "asked-mine.psk", "asked-wrongly");
        var theirs = SharedKey.In(server, "asked-theirs.psk", "asked-wrongly");
        string[] agents = ["tls-asked", "tls-asked-wrongly"];
        try
        {
            // Subject and issuer as the server has them, with what must be escaped in them.
            string[] peer = [$"zabbix_tls.server_certificate_subject = '{Certificates.ServerSubject}'", $"zabbix_tls.server_certificate_issuer = '{Certificates.Issuer}'"];
            var both = server.StartAgent("tcplens", agents[0], null, ["zabbix_tls.accept = [\"psk\", \"cert\"]", .. key.Lines(), .. Certificates.Lines(), .. peer]);
            var wrong = server.StartAgent("tcplens", agents[1], null, ["zabbix_tls.accept = [\"psk\"]", .. ours.Lines()]);
            EncryptedHost[] well = [EncryptedHost.ByKey(server, "tls-asked-key", key, both), EncryptedHost.ByCertificate(server, "tls-asked-certificate", both)];
            var unwell = EncryptedHost.ByKey(server, "tls-asked-wrongly", theirs, wrong);
            foreach (var host in well.Append(unwell))
                host.Watched.AddItems([Key], Asked);
            server.ReloadConfiguration();

            Assert.All(well, host => Patience.UntilValue(host.Watched, Key, agents[0]));
            Patience.UntilLogged(server, agents[1], "the client's key for the PSK identity \"asked-wrongly\" is not ours");
            Patience.Until(() => unwell.Trouble.Length > 0 ? null : "the server finds nothing wrong with the agent that has another key");
            Assert.Null(unwell.Watched.Items()[Key].Value);
            Assert.All(well, host => Assert.Equal("", host.Trouble));
        }
        finally
        {
            Array.ForEach(agents, server.StopAgent);
        }
    }
}
