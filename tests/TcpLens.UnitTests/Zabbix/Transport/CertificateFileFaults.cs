using TcpLens.Zabbix.Transport;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

public sealed class CertificateFileFaults : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly string certificate;
    private readonly string key;

    public CertificateFileFaults() => (certificate, key) = authority.Sign("CN=agent");

    public void Dispose() => authority.Dispose();

    [Fact]
    public void Files_that_are_not_there_are_named()
    {
        string none = authority.PathOf("none");
        Assert.Contains(none, Fault(CertificateFault.FileMissing, none, certificate, key), StringComparison.Ordinal);
        Assert.Contains(none, Fault(CertificateFault.FileMissing, authority.AuthorityFile, none, key), StringComparison.Ordinal);
        Assert.Contains(none, Fault(CertificateFault.FileMissing, authority.AuthorityFile, certificate, none), StringComparison.Ordinal);
        Fault(CertificateFault.FileUnreadable, authority.PathOf("."), certificate, key);
    }

    [Fact]
    public void A_file_without_a_certificate_is_refused()
    {
        string empty = authority.PathOf("empty");
        File.WriteAllText(empty, "");
        Fault(CertificateFault.NoCertificate, empty, certificate, key);
        Fault(CertificateFault.NoCertificate, authority.AuthorityFile, key, key);
        string damaged = authority.PathOf("damaged");
        File.WriteAllText(damaged, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Fault(CertificateFault.NoCertificate, damaged, certificate, key);
    }

    [Fact]
    public void A_key_that_is_none_or_of_another_certificate_is_refused()
    {
        var (_, otherKey) = authority.Sign("CN=other");
        Fault(CertificateFault.NoKey, authority.AuthorityFile, certificate, otherKey);
        var (_, rsaKey) = authority.Sign("CN=other", isRsa: true);
        Fault(CertificateFault.NoKey, authority.AuthorityFile, certificate, rsaKey);
        string copy = authority.PathOf("copy");
        File.Copy(certificate, copy);
        File.SetUnixFileMode(copy, UnixFileMode.UserRead);
        Fault(CertificateFault.NoKey, authority.AuthorityFile, certificate, copy);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_every_user_can_read_or_write_is_refused(UnixFileMode open)
    {
        File.SetUnixFileMode(key, UnixFileMode.UserRead | open);
        Assert.Contains("chmod o-rwx", Fault(CertificateFault.KeyOpenToOthers, authority.AuthorityFile, certificate, key), StringComparison.Ordinal);
    }

    private static string Fault(CertificateFault fault, string authorityFile, string certificateFile, string keyFile)
    {
        var refusal = Assert.Throws<CertificateException>(() => CertificateFiles.Read(authorityFile, certificateFile, keyFile));
        Assert.Equal(fault, refusal.Fault);
        return refusal.Message;
    }
}
