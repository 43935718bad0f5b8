using System.Collections.Immutable;
using System.Net;
using TcpLens.Configuration;
using TcpLens.Core.Text;
using TcpLens.Items;
using TcpLens.Zabbix.Active;
using TcpLens.Zabbix.Buffer;
using TcpLens.Zabbix.Passive;
using TcpLens.Zabbix.Sender;
using TcpLens.Zabbix.Transport;

namespace TcpLens.Serving;

/// <summary>Makes the plan out of the settings; files that they name are read.</summary>
internal static class ZabbixPlans
{
    /// <summary>The Zabbix whose protocol is spoken: servers choose by it what they send and take.</summary>
    private const string Version = "7.0.0";

    /// <summary>The plan for these settings, which may be to do nothing.</summary>
    /// <exception cref="ZabbixStartException">A key or a certificate cannot be used.</exception>
    public static ZabbixPlan Of(Settings settings)
    {
        var (agent, push, tls) = (settings.ZabbixAgent, settings.ZabbixPush, settings.ZabbixTls);
        string host = HostName(settings);
        return new ZabbixPlan(
            new AgentIdentity(Version, host, agent.HostMetadata),
            agent.Listen.IsEmpty ? null : Passive(agent, tls),
            [.. Clusters(agent.Servers).Select(cluster => Active(agent, host, cluster))],
            [.. Clusters(push.Servers).Select(cluster => new PusherSettings(host, cluster, push.Keys, push.Interval))],
            new BufferSettings(settings.ZabbixBuffer.File) { BytesMaximum = settings.ZabbixBuffer.SizeMaximum },
            agent.Servers.Length + push.Servers.Length == 0 ? PlainTransport.Instance : Client(tls));
    }

    /// <summary>The name of this host in Zabbix.</summary>
    public static string HostName(Settings settings) => settings.ZabbixAgent.HostName.Length > 0 ? settings.ZabbixAgent.HostName : Dns.GetHostName();

    /// <summary>The servers of a setting; its type has checked them.</summary>
    public static ImmutableArray<ServerCluster> Clusters(ImmutableArray<string> servers) =>
        ServerCluster.TryParseList(string.Join(',', servers), out var clusters, out _) ? clusters : [];

    /// <summary>How connections to servers are protected.</summary>
    /// <exception cref="ZabbixStartException">A key or a certificate cannot be used.</exception>
    public static IClientSecurity Client(ZabbixTlsSettings tls) => tls.Connect switch
    {
        ZabbixProtection.Psk => new PskClientSecurity(Psk(tls)),
        ZabbixProtection.Certificate => new CertificateClientSecurity(Certificates(tls), Servers(tls)),
        _ => PlainTransport.Instance,
    };

    private static PassiveAgentSettings Passive(ZabbixAgentSettings agent, ZabbixTlsSettings tls) =>
        new([.. agent.Listen.Select(one => new IPEndPoint(one.Address ?? Plans.Any, one.Port))], Allowed(agent.Allow), Version)
        {
            Security = Server(tls),
            Timeout = agent.Timeout,
            Variant = AgentIdentity.Variant,
        };

    private static ActiveSettings Active(ZabbixAgentSettings agent, string host, ServerCluster cluster)
    {
        var listen = agent.Listen.FirstOrDefault(one => !one.IsLoopback);
        return new ActiveSettings(host, cluster)
        {
            HostMetadata = agent.HostMetadata.Length > 0 ? agent.HostMetadata : null,
            ListenAddress = listen?.Address?.ToString(),
            ListenPort = listen?.Port ?? 10050,
            Version = Version,
            ItemTimeout = agent.Timeout,
        };
    }

    private static AllowList Allowed(string text) => AllowList.TryParse(text, out var list, out var problem)
        ? list
        : throw new ZabbixStartException(Phrase.Same($"[zabbix_agent] allow: {problem}"));

    private static IServerSecurity Server(ZabbixTlsSettings tls)
    {
        var psk = tls.Accept.Contains(ZabbixProtection.Psk) ? new PskServerSecurity(Psk(tls)) : null;
        var certificate = tls.Accept.Contains(ZabbixProtection.Certificate) ? new CertificateServerSecurity(Certificates(tls), Servers(tls)) : null;
        bool isPlainAllowed = tls.Accept.Contains(ZabbixProtection.Unencrypted);
        return psk is null && certificate is null ? PlainTransport.Instance : new EitherServerSecurity(isPlainAllowed, psk, certificate);
    }

    // The agent's parameters of these names hold in both directions: whoever asks is a server too.
    private static AllowedPeer Servers(ZabbixTlsSettings tls) =>
        new(tls.ServerCertificateIssuer.Length > 0 ? tls.ServerCertificateIssuer : null, tls.ServerCertificateSubject.Length > 0 ? tls.ServerCertificateSubject : null);

    private static CertificateFiles Certificates(ZabbixTlsSettings tls)
    {
        try
        {
            return CertificateFiles.Read(tls.CaFile, tls.CertificateFile, tls.KeyFile);
        }
        catch (CertificateException wrong)
        {
            throw new ZabbixStartException(ZabbixTroubleText.Of(wrong), wrong);
        }
    }

    private static PskIdentity Psk(ZabbixTlsSettings tls)
    {
        try
        {
            return PskIdentity.FromFile(tls.PskIdentity, tls.PskFile);
        }
        catch (PskException wrong)
        {
            throw new ZabbixStartException(ZabbixTroubleText.Of(wrong, tls.PskFile), wrong);
        }
    }
}
