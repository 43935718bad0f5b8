using System.Security.Cryptography.X509Certificates;

namespace TcpLens.Zabbix.Transport;

/// <summary>
/// Whose certificates are taken among those that our authorities signed (<c>TLSServerCertIssuer</c>, <c>TLSServerCertSubject</c>), written as Zabbix does:
/// RFC 4514, the most specific part first, no spaces after commas. Null takes any.
/// </summary>
public sealed record AllowedPeer(string? Issuer, string? Subject)
{
    /// <summary>Whoever our authorities signed for.</summary>
    public static AllowedPeer Anybody { get; } = new(null, null);

    /// <summary>What is wrong with this certificate's names, or null.</summary>
    internal string? Objection(X509Certificate2 certificate) =>
        Objection("issuer", Issuer, certificate.IssuerName) ?? Objection("subject", Subject, certificate.SubjectName);

    private static string? Objection(string what, string? expected, X500DistinguishedName name) =>
        expected is null || DistinguishedName.Matches(name.RawData, expected) ? null : $"its {what} is \"{DistinguishedName.Format(name.RawData)}\", not \"{expected}\"";
}
