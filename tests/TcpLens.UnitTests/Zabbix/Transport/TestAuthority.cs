using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TcpLens.Zabbix.Transport;

namespace TcpLens.UnitTests.Zabbix.Transport;

/// <summary>An authority of the tests: signs certificates and writes them to files as an administrator has them.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(0);
    private readonly X509Certificate2 root;
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tcplens-certificates-");
    private int serial;

    public TestAuthority(string subject = "CN=Test Authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        root = request.CreateSelfSigned(Start, Start.AddYears(200));
        File.WriteAllText(AuthorityFile, root.ExportCertificatePem());
    }

    public string AuthorityFile => PathOf("authority.crt");

    public string PathOf(string name) => Path.Combine(directory.FullName, name);

    /// <summary>Signs a certificate, and gives the paths of certificate and key.</summary>
    public (string Certificate, string Key) Sign(string subject, bool isRsa = false, DateTimeOffset? end = null)
    {
        using AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedName(subject);
        var request = isRsa
            ? new CertificateRequest(name, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        serial++;
        var generator = X509SignatureGenerator.CreateForECDsa(root.GetECDsaPrivateKey()!);
        using var certificate = request.Create(root.SubjectName, generator, Start, end ?? Start.AddYears(199), [1, (byte)serial]);
        string certificateFile = PathOf($"{serial}.crt");
        string keyFile = PathOf($"{serial}.key");
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return (certificateFile, keyFile);
    }

    /// <summary>The files of a host of this authority, which trusts this one or another.</summary>
    public CertificateFiles Files(string subject, bool isRsa = false, TestAuthority? trusts = null, DateTimeOffset? end = null)
    {
        var (certificate, key) = Sign(subject, isRsa, end);
        return CertificateFiles.Read((trusts ?? this).AuthorityFile, certificate, key);
    }

    public void Dispose()
    {
        root.Dispose();
        directory.Delete(recursive: true);
    }
}
