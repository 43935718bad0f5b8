using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TcpLens.Outputs.Web;
using Xunit;

namespace TcpLens.UnitTests.Web;

/// <summary>What the server refuses to start with, and TLS.</summary>
public sealed class Starting
{
    [Fact]
    public async Task Without_a_token_it_listens_on_loopback_alone()
    {
        var open = WebRun.Settings with { Listen = [new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Any, 0)] };
        var refused = await Assert.ThrowsAsync<WebStartException>(() => WebRun.StartAsync(open));
        Assert.Contains("configure a token", refused.Reason.English);
        Assert.Contains("令牌", refused.Reason.Chinese);
        await using var run = await WebRun.StartAsync(open with { Token = WebRun.WithToken.Token });
        Assert.Equal(2, run.Server.Addresses.Length);
        await using var six = await WebRun.StartAsync(WebRun.Settings with { Listen = [new IPEndPoint(IPAddress.IPv6Loopback, 0)] });
        Assert.Equal("ok\n", await six.Text("/healthz"));
    }

    [Fact]
    public async Task A_token_that_could_be_guessed_is_refused()
    {
        var refused = await Assert.ThrowsAsync<WebStartException>(() => WebRun.StartAsync(WebRun.Settings with { Token = Encoding.UTF8.GetBytes("short") }));
        Assert.Contains("at least 16 bytes", refused.Reason.English);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        await using var run = await WebRun.StartAsync();
        var taken = WebRun.Settings with { Listen = [new IPEndPoint(IPAddress.Loopback, run.Address.Port)] };
        var refused = await Assert.ThrowsAsync<WebStartException>(() => WebRun.StartAsync(taken));
        Assert.Contains($"127.0.0.1:{run.Address.Port}", refused.Reason.English);
        Assert.Contains("in use", refused.Reason.English, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_certificate_without_its_key_or_that_cannot_be_read_is_refused()
    {
        var half = await Assert.ThrowsAsync<WebStartException>(() => WebRun.StartAsync(WebRun.Settings with { CertificateFile = "/nowhere/cert.pem" }));
        Assert.Contains("both", half.Reason.English);
        var missing = await Assert.ThrowsAsync<WebStartException>(() => WebRun.StartAsync(WebRun.Settings with { CertificateFile = "/nowhere/cert.pem", KeyFile = "/nowhere/key.pem" }));
        Assert.Contains("/nowhere/cert.pem", missing.Reason.English);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_TLS_with_HTTP2_and_its_cookie_is_secure()
    {
        var folder = Directory.CreateTempSubdirectory("tcplens-tls-");
        try
        {
            var settings = WebRun.WithToken with { CertificateFile = Path.Combine(folder.FullName, "cert.pem"), KeyFile = Path.Combine(folder.FullName, "key.pem") };
            WriteCertificate(settings, "CN=first.example");
            await using var run = await WebRun.StartAsync(settings);
            Assert.Equal("https", run.Address.Scheme);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var response = await run.Client.SendAsync(request, WebRun.End);
            Assert.Equal(HttpVersion.Version20, response.Version);
            using var login = await run.Send(HttpMethod.Post, "/login", new FormUrlEncodedContent([new("token", WebRun.Token)]), ("Origin", run.Address.GetLeftPart(UriPartial.Authority)));
            Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
            Assert.Contains("secure", login.Headers.GetValues("Set-Cookie").Single());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_renewed_certificate_is_taken_and_a_broken_one_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("tcplens-tls-");
        try
        {
            var settings = WebRun.Settings with { CertificateFile = Path.Combine(folder.FullName, "cert.pem"), KeyFile = Path.Combine(folder.FullName, "key.pem") };
            WriteCertificate(settings, "CN=first.example");
            var clock = new Ticking();
            var certificates = new Certificates(settings.CertificateFile!, settings.KeyFile!, clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            Assert.Equal("CN=first.example", certificates.Current.TargetCertificate.Subject);

            WriteCertificate(settings, "CN=second.example");
            File.SetLastWriteTimeUtc(settings.CertificateFile!, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            Assert.Equal("CN=first.example", certificates.Current.TargetCertificate.Subject);
            clock.Ticks += TimeSpan.FromSeconds(10).Ticks;
            Assert.Equal("CN=second.example", certificates.Current.TargetCertificate.Subject);

            File.WriteAllText(settings.CertificateFile!, "no certificate");
            clock.Ticks += TimeSpan.FromSeconds(10).Ticks;
            Assert.Equal("CN=second.example", certificates.Current.TargetCertificate.Subject);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void WriteCertificate(WebSettings settings, string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(7));
        File.WriteAllText(settings.CertificateFile!, certificate.ExportCertificatePem());
        File.WriteAllText(settings.KeyFile!, key.ExportPkcs8PrivateKeyPem());
    }

    private sealed class Ticking : TimeProvider
    {
        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}
