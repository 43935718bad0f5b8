using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TcpLens.ZabbixTests.Encryption;

/// <summary>Vouches for certificates. Keys are RSA: by its default ciphers a Zabbix with GnuTLS takes no others.</summary>
internal sealed class Authority : IDisposable
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.UnixEpoch;

    private readonly X509Certificate2 _root;
    private byte _serial;

    public Authority(string subject)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _root = request.CreateSelfSigned(s_start, s_start.AddYears(200));
    }

    /// <summary>Its own certificate in PEM.</summary>
    public string Pem => _root.ExportCertificatePem() + "\n";

    /// <summary>A new certificate and its private key, both in PEM.</summary>
    public (string Certificate, string Key) Sign(string subject)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(_root, s_start, s_start.AddYears(199), [1, ++_serial]);
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    public void Dispose() => _root.Dispose();
}
