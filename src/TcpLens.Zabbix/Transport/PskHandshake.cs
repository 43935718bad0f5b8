using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace TcpLens.Zabbix.Transport;

/// <summary>What both sides of a handshake by pre-shared key have in common: versions, suites, groups, limits and the cryptography below.</summary>
internal static class PskHandshake
{
    /// <summary>A handshake by pre-shared key takes about 1 KiB in each direction; who sends more wants something else.</summary>
    public const int BytesMax = 16 * 1024;

    /// <summary>No message of such a handshake holds a certificate.</summary>
    public const int MessageBytesMax = 4096;

    /// <summary>The first byte of a TLS record that carries a handshake (RFC 8446 section 5.1); no packet of Zabbix begins with it.</summary>
    public const byte RecordType = 22;

    /// <summary>
    /// Best first: those of TLS 1.3, then with and without forward secrecy; 256 bits last, for servers set to them alone. Zabbix with GnuTLS offers C037, C035, 00A8, 00AE, 008C.
    /// Of TLS 1.3 only suites of SHA-256, because a pre-shared key belongs to one hash (RFC 8446 section 4.2.11).
    /// </summary>
    private static readonly int[] Suites =
    [
        CipherSuite.TLS_AES_128_GCM_SHA256,
        CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384,
        CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA,
        CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_PSK_WITH_AES_256_CBC_SHA384,
        CipherSuite.TLS_PSK_WITH_AES_256_CBC_SHA,
    ];

    private static readonly Lazy<BcTlsCrypto> SharedCrypto = new(() => new BcTlsCrypto(new SecureRandom(new KernelRandom())));

    /// <summary>One for all connections; it is safe for use by several threads.</summary>
    public static BcTlsCrypto Crypto => SharedCrypto.Value;

    /// <summary>Opens the random device, so that a host without one is noticed at the start and not by a peer.</summary>
    /// <exception cref="IOException">There is no random device.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not read it.</exception>
    public static void Prepare() => _ = SharedCrypto.Value;

    public static ProtocolVersion[] Versions() => [ProtocolVersion.TLSv13, ProtocolVersion.TLSv12];

    /// <summary>What a peer offers that means a pre-shared key below TLS 1.3.</summary>
    public static bool IsPskSuite(int suite) => suite is not (CipherSuite.TLS_AES_128_GCM_SHA256 or CipherSuite.TLS_CHACHA20_POLY1305_SHA256) && Suites.Contains(suite);

    public static int[] AllSuites() => [.. Suites];

    /// <summary>Cheap ones alone: a stranger must not choose how much we compute.</summary>
    public static int[] Groups() => [NamedGroup.x25519, NamedGroup.secp256r1];
}
