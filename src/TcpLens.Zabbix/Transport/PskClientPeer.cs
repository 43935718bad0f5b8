using Org.BouncyCastle.Tls;

namespace TcpLens.Zabbix.Transport;

/// <summary>Our side of one handshake that we began, as the TLS library asks for it.</summary>
internal sealed class PskClientPeer(PskIdentity identity, ProtocolVersion[] versions) : AbstractTlsClient(PskHandshake.Crypto)
{
    public override TlsPskIdentity GetPskIdentity() => new BasicTlsPskIdentity(identity.NameBytes, identity.CopyKey());

    public override IList<TlsPskExternal> GetExternalPsks() =>
        [new BasicTlsPskExternal(identity.NameBytes, PskHandshake.Crypto.CreateSecret(identity.CopyKey()), PrfAlgorithm.tls13_hkdf_sha256)];

    /// <summary>Only asked when the server chose to show a certificate, which proves nothing to us.</summary>
    public override TlsAuthentication GetAuthentication() => throw new TlsFatalAlert(AlertDescription.handshake_failure, "the server does not use the pre-shared key");

    public override int GetMaxHandshakeMessageSize() => PskHandshake.MessageBytesMax;

    /// <summary>Zabbix closes without saying goodbye; a cut packet is noticed by its length.</summary>
    public override bool RequiresCloseNotify() => false;

    protected override ProtocolVersion[] GetSupportedVersions() => versions;

    protected override int[] GetSupportedCipherSuites() => PskHandshake.AllSuites();

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) => PskHandshake.Groups();

    protected override CertificateStatusRequest? GetCertificateStatusRequest() => null;
}
