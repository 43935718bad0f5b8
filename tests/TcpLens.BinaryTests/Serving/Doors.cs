using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>TLS and token as they come from files, and what the log looks like.</summary>
public sealed partial class Doors : IDisposable
{
    private readonly DaemonHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Over_TLS_with_a_token_only_who_shows_it_is_answered()
    {
        string token = RandomNumberGenerator.GetHexString(40);
        WriteSecret("token", token);
        using var certificate = WriteCertificate();
        _home.Configure($"[web]\ntoken_file = \"{_home["token"]}\"\ncertificate_file = \"{_home["c.pem"]}\"\nkey_file = \"{_home["k.pem"]}\"\n");
        // Every address of the host: that is what token and certificate are for.
        await using var daemon = await Daemon.StartAsync(new DaemonStart
        {
            Options = ["--config", _home.Configuration, "--socket", _home.Socket, "--history-file", _home.History, "--listen", "0.0.0.0:0"],
            Around = DaemonStart.OwnNetwork,
        });
        Assert.Equal("https", daemon.Address.Scheme);
        Assert.DoesNotContain(token, daemon.Log, StringComparison.Ordinal);

        using var client = daemon.NewClient(new SocketsHttpHandler { SslOptions = Trusting(certificate) });
        var states = new Uri($"https://localhost:{daemon.Address.Port}/api/v1/states");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(states, TestContext.Current.CancellationToken)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = JsonDocument.Parse(await client.GetStringAsync(states, TestContext.Current.CancellationToken));
        Assert.Equal(11, answer.RootElement.GetProperty("states").EnumerateObject().Count());
        Assert.Equal(0, (await daemon.StopAsync()).ExitCode);
    }

    [Theory]
    [InlineData("text", null)]
    [InlineData("json", null)]
    [InlineData("journal", null)]
    [InlineData("auto", "8:12345")]
    public async Task Every_line_of_the_log_has_the_form_that_was_asked_for(string format, string? journal)
    {
        await using var daemon = await Daemon.StartAsync(_home.With("--log-format", format) with { Environment = [("JOURNAL_STREAM", journal)] });
        daemon.Send(Signal.HangUp);
        await daemon.LogAsync("nothing changed");
        var outcome = await daemon.StopAsync();
        Assert.Equal(0, outcome.ExitCode);
        string[] lines = outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 6, 20);
        Assert.All(lines, line => AssertForm(format, line));
    }

    [Fact]
    public async Task A_quiet_log_has_only_what_matters()
    {
        await using var daemon = await _home.StartAsync("--log-level", "error");
        Assert.Equal(new BinaryOutcome(0, daemon.Address.GetLeftPart(UriPartial.Authority) + "\n", ""), await daemon.StopAsync());
    }

    private static void AssertForm(string format, string line)
    {
        switch (format)
        {
            case "text":
                Assert.Matches(Text(), line);
                break;
            case "json":
                using (var one = JsonDocument.Parse(line))
                {
                    Assert.EndsWith("Z", one.RootElement.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
                    Assert.Equal("tcplens", one.RootElement.GetProperty("Category").GetString());
                    Assert.InRange(one.RootElement.GetProperty("Message").GetString()!.Length, 1, 1000);
                }

                break;
            default:
                Assert.Matches(Journal(), line);
                break;
        }
    }

    private static SslClientAuthenticationOptions Trusting(X509Certificate2 certificate) => new()
    {
        RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString(HashAlgorithmName.SHA256) == certificate.GetCertHashString(HashAlgorithmName.SHA256),
    };

    private X509Certificate2 WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        File.WriteAllText(_home["c.pem"], certificate.ExportCertificatePem());
        WriteSecret("k.pem", key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private void WriteSecret(string file, string secret)
    {
        File.WriteAllText(_home[file], secret);
        File.SetUnixFileMode(_home[file], UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:info|warn|fail): tcplens\[\d+\] \S", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Text();

    [GeneratedRegex(@"^<[3-6]>tcplens\[\d+\] \S", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Journal();
}
