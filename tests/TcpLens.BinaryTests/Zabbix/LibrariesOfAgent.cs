using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using TcpLens.BinaryTests.Serving;
using Xunit;

namespace TcpLens.BinaryTests.Zabbix;

/// <summary>Which libraries of the host an agent has loaded when it has spoken encrypted.</summary>
public sealed partial class LibrariesOfAgent : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tcplens-agent-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_pre_shared_key_needs_no_OpenSSL()
    {
        string key = Secret("psk", RandomNumberGenerator.GetHexString(64));
        string maps = await MapsAfterTalkAsync("psk", "--tls-psk-identity", "lone", "--tls-psk-file", key);
        Assert.Contains("libc.so", maps);
        Assert.DoesNotContain("libssl", maps);
        Assert.DoesNotContain("libcrypto", maps);
    }

    [Fact]
    public async Task Certificates_load_the_OpenSSL_of_the_host()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=agent", key, HashAlgorithmName.SHA256);
        using var own = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        string certificate = Secret("pem", own.ExportCertificatePem());
        string maps = await MapsAfterTalkAsync("cert", "--tls-ca-file", certificate, "--tls-cert-file", certificate, "--tls-key-file", Secret("key", key.ExportPkcs8PrivateKeyPem()));
        Assert.Contains("libssl", maps);
    }

    [GeneratedRegex(@"answers Zabbix at (?<place>\S+);", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening { get; }

    // The other side is the program, too: what an agent says to values that are sent to it shows that the handshake was a success.
    private static async Task<string> MapsAfterTalkAsync(string how, params string[] tls)
    {
        var start = new ProcessStartInfo(PublishedBinary.Path, ["zabbix", "agent", "--listen", "127.0.0.1:0", "--allow", "127.0.0.1", "--tls-accept", how, .. tls])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var agent = Process.Start(start)!;
        var said = new StringBuilder();
        agent.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        agent.BeginErrorReadLine();
        try
        {
            await Eventually.Is(() => Listening.IsMatch(Text(said)), () => "the agent does not listen: " + Text(said));
            string place = Listening.Match(Text(said)).Groups["place"].Value;
            var pushed = PublishedBinary.Run(["zabbix", "push", "--lang", "en", "--server", place, "--hostname", "lone", "--key", "LISTEN", "--tls-connect", how, .. tls]);
            Assert.True(pushed.Output.Contains("answers something that is no answer of a Zabbix server", StringComparison.Ordinal), pushed.Output + pushed.Error + Text(said));
            return await File.ReadAllTextAsync($"/proc/{agent.Id}/maps", TestContext.Current.CancellationToken);
        }
        finally
        {
            agent.Kill();
            await agent.WaitForExitAsync(CancellationToken.None);
        }
    }

    private string Secret(string name, string text)
    {
        string file = Path.Combine(_directory.FullName, name);
        File.WriteAllText(file, text + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private static void Keep(StringBuilder said, string? line)
    {
        lock (said)
            said.Append(line).Append('\n');
    }

    private static string Text(StringBuilder said)
    {
        lock (said)
            return said.ToString();
    }
}
