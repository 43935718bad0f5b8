using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TcpLens.Zabbix.Transport;

/// <summary>
/// Our certificate, its key, and the authorities whose certificates we trust (<c>TLSCAFile</c>, <c>TLSCertFile</c>, <c>TLSKeyFile</c>), read once from PEM files.
/// There are no revocation lists: what Zabbix calls <c>TLSCRLFile</c> has no counterpart here.
/// </summary>
public sealed class CertificateFiles
{
    private readonly X509Certificate2Collection _trusted;

    private CertificateFiles(X509Certificate2Collection authorities, SslStreamCertificateContext own)
    {
        _trusted = authorities;
        Own = own;
    }

    internal SslStreamCertificateContext Own { get; }

    /// <summary>Reads the files.</summary>
    /// <param name="authorityFile">The certificates of the authorities that sign the peers' certificates.</param>
    /// <param name="certificateFile">Our certificate, followed by those between it and its authority.</param>
    /// <param name="keyFile">The private key of our certificate, unencrypted and closed to other users.</param>
    /// <exception cref="CertificateException">OpenSSL is missing, or a file is missing, unreadable, open to all users or holds something else.</exception>
    public static CertificateFiles Read(string authorityFile, string certificateFile, string keyFile)
    {
        if (!OpenSslLibrary.IsPresent)
            throw new CertificateException(CertificateFault.NoOpenSsl, "certificates need the OpenSSL library on this host: apt install libssl3 (a pre-shared key needs no library)");
        var authorities = ReadCertificates(authorityFile);
        var chain = ReadCertificates(certificateFile);
        var own = WithKey(chain[0], keyFile);
        chain.RemoveAt(0);
        // Offline: the chain is what the files say, and nothing is downloaded.
        return new CertificateFiles(authorities, SslStreamCertificateContext.Create(own, chain, offline: true));
    }

    /// <summary>How a peer's certificate is judged: by our authorities alone, without asking anybody. A new one for each handshake, which adds to it.</summary>
    internal X509ChainPolicy NewPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        foreach (var authority in _trusted)
        {
            bool isRoot = authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData);
            (isRoot ? policy.CustomTrustStore : policy.ExtraStore).Add(authority);
        }

        return policy;
    }

    private static X509Certificate2Collection ReadCertificates(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(ReadText(path, isSecret: false));
        }
        catch (CryptographicException failure)
        {
            throw new CertificateException(CertificateFault.NoCertificate, $"{path} holds a damaged certificate: {failure.Message}", failure);
        }

        return certificates.Count > 0 ? certificates : throw new CertificateException(CertificateFault.NoCertificate, $"{path} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string path)
    {
        string text = ReadText(path, isSecret: true);
        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), text);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new CertificateException(
                CertificateFault.NoKey, $"{path} must hold the private key of the certificate, in PEM and without a password: {failure.Message}", failure);
        }
    }

    private static string ReadText(string path, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // Of the open file, so that it cannot be exchanged in between.
            if (isSecret && (File.GetUnixFileMode(file.SafeFileHandle) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
                throw new CertificateException(CertificateFault.KeyOpenToOthers, $"other users can read or write the private key in {path}: chmod o-rwx {path}");
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new CertificateException(CertificateFault.FileMissing, $"{path} does not exist", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException(CertificateFault.FileUnreadable, $"{path} cannot be read: {failure.Message}", failure);
        }
    }
}
