using System.Diagnostics;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>The trapper variant of the template, filled as its guide says: by <c>zabbix_sender</c> with what <c>tcplens zabbix get</c> prints.</summary>
public sealed class SentValues(Servers servers)
{
    private const string Host = "sent-to";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("6.0")]
    [InlineData("7.0")]
    public void Every_item_has_the_value_of_the_site_and_none_is_unsupported(string version)
    {
        var server = ZabbixServer.Of(servers, version);
        // Debian 13 has zabbix_sender in a package that no other one asks for; the older one speaks to both servers.
        var sender = ZabbixServer.Of(servers, "6.0");
        Require.Kernel(6, 8, "older kernels do not tell bound sockets");
        using var site = new Site();
        string template = Path.GetTempFileName();
        try
        {
            File.WriteAllText(template, server.RunAsAgent("tcplens", "zabbix", "template", "--via", "trapper", "--for", version, "--lang", "en"));
            server.Provision(server.Token, "--template", template, "--host", Host, "--interface", "127.0.0.1:1", "--apply").Good();
        }
        finally
        {
            File.Delete(template);
        }

        server.ReloadConfiguration();
        string[] command = ["zabbix_sender", "-z", "127.0.0.1", "-p", $"{server.Port}", "-s", Host, "-k", "tcplens.states", "-o"];
        new ValueWatch(new WatchedHost(server, Host), site, new ExpectedValues(site, agentPort: null), Send).AwaitAllRight();

        // The server takes values only when it knows of the item.
        void Send()
        {
            var waited = Stopwatch.StartNew();
            Outcome sent;
            while ((sent = sender.TryRunAsAgent([.. command, site.Enter(ZabbixServer.Binary, "zabbix", "get", "tcplens.states")])).ExitCode != 0)
            {
                Assert.True(waited.Elapsed < s_patience, sent.Output + sent.Error);
                Thread.Sleep(250);
            }
        }
    }
}
