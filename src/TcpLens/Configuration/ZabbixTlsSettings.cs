using System.Collections.Immutable;

namespace TcpLens.Configuration;

/// <summary>Encryption of everything that is spoken with Zabbix: section <c>[zabbix_tls]</c>, with the names of the agent's parameters.</summary>
internal sealed record ZabbixTlsSettings
{
    /// <summary>How connections to servers are protected.</summary>
    public ZabbixProtection Connect { get; init; } = ZabbixProtection.Unencrypted;

    /// <summary>How connections of those who ask must be protected.</summary>
    public ImmutableArray<ZabbixProtection> Accept { get; init; } = [ZabbixProtection.Unencrypted];

    public string PskIdentity { get; init; } = "";

    public string PskFile { get; init; } = "";

    public string CaFile { get; init; } = "";

    public string CertificateFile { get; init; } = "";

    public string KeyFile { get; init; } = "";

    /// <summary>The issuer that a server's certificate must have; empty for any that the CA vouches for.</summary>
    public string ServerCertificateIssuer { get; init; } = "";

    /// <summary>The subject that a server's certificate must have; empty for any.</summary>
    public string ServerCertificateSubject { get; init; } = "";
}
