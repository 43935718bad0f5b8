using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace TcpLens.Zabbix.Transport;

/// <summary>One handshake with certificates: judges the peer's and remembers why it was refused.</summary>
internal sealed class CertificateHandshake(CertificateFiles files, AllowedPeer allowed)
{
    /// <summary>Two chains of a few certificates fit; OpenSSL itself would take 100 KiB.</summary>
    public const int BytesMax = 64 * 1024;

    public const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>What is wrong with the peer's certificate, or null.</summary>
    public string? Objection { get; private set; }

    public X509ChainPolicy Policy { get; } = files.NewPolicy();

    /// <summary>As Zabbix judges: by the authorities and, where they are set, the names of issuer and subject. Host names mean nothing to it.</summary>
    public bool Judge(object _, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Objection = certificate is not X509Certificate2 peer || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "it showed no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? $"its certificate \"{DistinguishedName.Format(peer.SubjectName.RawData)}\" is not trusted: {Reasons(chain)}"
            : allowed.Objection(peer);
        return Objection is null;
    }

    private static string Reasons(X509Chain? chain) =>
        chain is null ? "no chain" : string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct(StringComparer.Ordinal));
}
