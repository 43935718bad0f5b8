using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Diagnosis;

/// <summary>Debian's nginx in a ward: plain on 8080 (IPv4 and IPv6), as a proxy of itself on 8081, with TLS on 8443.</summary>
internal sealed class Nginx : IDisposable
{
    private static readonly string s_program = RepositoryRoot.Of("artifacts", "nginx", "usr", "sbin", "nginx");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tcplens-nginx-");
    private readonly Process _process;

    public Nginx(Ward ward)
    {
        using var script = Process.Start(new ProcessStartInfo(RepositoryRoot.Of("tools", "nginx.sh")) { UseShellExecute = false, RedirectStandardError = true })!;
        string error = script.StandardError.ReadToEnd();
        script.WaitForExit();
        Require.That(script.ExitCode == 0, $"needs Debian's nginx: {error}");
        WriteCertificate();
        File.WriteAllText(Path.Combine(_folder.FullName, "page"), new string('x', 2000));
        string configuration = Path.Combine(_folder.FullName, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off;
            user root;
            worker_processes 1;
            pid {{_folder.FullName}}/pid;
            error_log {{_folder.FullName}}/errors;
            events { worker_connections 2000; }
            http {
              access_log off;
              root {{_folder.FullName}};
              client_body_temp_path {{_folder.FullName}}/body;
              proxy_temp_path {{_folder.FullName}}/proxy;
              fastcgi_temp_path {{_folder.FullName}}/fastcgi;
              uwsgi_temp_path {{_folder.FullName}}/uwsgi;
              scgi_temp_path {{_folder.FullName}}/scgi;
              server { listen [::]:8080 ipv6only=off; }
              server { listen 8081; location / { proxy_pass http://127.0.0.1:8080; } }
              server { listen 8443 ssl; ssl_certificate certificate.pem; ssl_certificate_key key.pem; }
            }
            """);
        _process = ward.Lab.Start(s_program, "-p", _folder.FullName, "-c", configuration);
        Await(ward);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Await(Ward ward)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            Assert.False(_process.HasExited, "nginx has ended");
            try
            {
                using var probe = ward.Lab.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                probe.Connect(IPAddress.Loopback, 8443);
                return;
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(30))
            {
                Thread.Sleep(50);
            }
        }
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        File.WriteAllText(Path.Combine(_folder.FullName, "certificate.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
