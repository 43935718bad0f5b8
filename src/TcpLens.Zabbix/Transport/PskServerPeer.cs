using System.Text;
using Org.BouncyCastle.Tls;

namespace TcpLens.Zabbix.Transport;

/// <summary>Our side of one handshake that a stranger began, as the TLS library asks for it.</summary>
internal sealed class PskServerPeer(PskIdentity identity, ProtocolVersion[] versions) : AbstractTlsServer(PskHandshake.Crypto), TlsPskIdentityManager
{
    private const int ShownBytesMax = 64;

    private bool _isKeyOffered;

    /// <summary>The name of the identity that the peer asked for and that is not ours; for our own log, the peer is not told.</summary>
    public string? UnknownName { get; private set; }

    /// <summary>We show no certificate. TLS 1.3 needs one for a client that offers no pre-shared key, and wants no null.</summary>
    public override TlsCredentials? GetCredentials() =>
        TlsUtilities.IsTlsV13(m_context) && !_isKeyOffered ? throw new TlsFatalAlert(AlertDescription.handshake_failure, "no pre-shared key") : null;

    public override TlsPskIdentityManager GetPskIdentityManager() => this;

    public byte[]? GetHint() => null;

    /// <summary>TLS 1.2. A stranger's name gets a key that nobody has, so that a wrong name and a wrong key look the same from outside.</summary>
    public byte[] GetPsk(byte[] name) => IsOurs(name) ? identity.CopyKey() : NobodysKey();

    /// <summary>TLS 1.3, with the same for strangers.</summary>
    public override TlsPskExternal? GetExternalPsk(IList<Org.BouncyCastle.Tls.PskIdentity> identities)
    {
        _isKeyOffered = identities.Count > 0;
        foreach (var offered in identities)
        {
            if (IsOurs(offered.Identity))
                return External(offered.Identity, identity.CopyKey());
        }

        return _isKeyOffered ? External(identities[0].Identity, NobodysKey()) : null;
    }

    public override int[] GetSupportedGroups() => PskHandshake.Groups();

    public override bool PreferLocalSupportedGroups() => true;

    public override int GetMaxHandshakeMessageSize() => PskHandshake.MessageBytesMax;

    /// <summary>Zabbix closes without saying goodbye; a cut packet is noticed by its length.</summary>
    public override bool RequiresCloseNotify() => false;

    protected override ProtocolVersion[] GetSupportedVersions() => versions;

    protected override int[] GetSupportedCipherSuites() => PskHandshake.AllSuites();

    /// <summary>Ours are ordered by forward secrecy, a peer's perhaps not.</summary>
    protected override bool PreferLocalCipherSuites() => true;

    /// <summary>The library would take whatever group the client names first, P-521 and x448 too.</summary>
    protected override int SelectECDH(int minimumCurveBits)
    {
        int[]? offered = m_context.SecurityParameters.ClientSupportedGroups;
        // A client that names no group takes the one that all have (RFC 8422 section 4).
        return offered is null ? NamedGroup.secp256r1 : Array.Find(PskHandshake.Groups(), offered.Contains) is int group and not 0 ? group : -1;
    }

    /// <summary>Without a common group the suites with key exchange are out, and those with the key alone remain.</summary>
    protected override int GetMaximumNegotiableCurveBits() => SelectECDH(0) < 0 ? 0 : base.GetMaximumNegotiableCurveBits();

    private static BasicTlsPskExternal External(byte[] name, byte[] key) =>
        new(name, PskHandshake.Crypto.CreateSecret(key), PrfAlgorithm.tls13_hkdf_sha256);

    private static byte[] NobodysKey()
    {
        byte[] key = new byte[32];
        PskHandshake.Crypto.SecureRandom.NextBytes(key);
        return key;
    }

    private bool IsOurs(byte[] name)
    {
        bool isOurs = identity.IsCalled(name);
        UnknownName = isOurs ? null : UnknownName ?? Shown(name);
        return isOurs;
    }

    /// <summary>A stranger's words must neither break the log's lines nor fill it.</summary>
    private static string Shown(byte[] name)
    {
        string text = Encoding.UTF8.GetString(name.AsSpan(0, Math.Min(name.Length, ShownBytesMax)));
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
                target[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
    }
}
