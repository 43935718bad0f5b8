using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web;

/// <summary>The server's certificate and chain. A file that changes is read anew; one that cannot be read leaves the old certificate in use.</summary>
internal sealed partial class Certificates
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly string _certificateFile;
    private readonly string _keyFile;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private SslStreamCertificateContext _current;
    private (DateTime, DateTime) _stamp;
    private long _looked;

    /// <summary>Reads both files.</summary>
    /// <exception cref="WebStartException">They cannot be read.</exception>
    public Certificates(string certificateFile, string keyFile, TimeProvider clock, ILogger log)
    {
        (_certificateFile, _keyFile, _clock, _log) = (certificateFile, keyFile, clock, log);
        _stamp = Stamp();
        _looked = clock.GetTimestamp();
        try
        {
            _current = Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new WebStartException(
                new Phrase("The certificate {0} with the key {1} cannot be read: {2}", "无法读取证书 {0} 与私钥 {1}：{2}").With(certificateFile, keyFile, error.Message), error);
        }
    }

    /// <summary>The certificate for the next handshake.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_lock)
            {
                if (_clock.GetElapsedTime(_looked) >= s_lookAgain)
                    LookAgain();
                return _current;
            }
        }
    }

    private void LookAgain()
    {
        _looked = _clock.GetTimestamp();
        var stamp = Stamp();
        if (stamp == _stamp)
            return;
        try
        {
            _current = Read();
            _stamp = stamp;
            Renewed(_certificateFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // The key may be written a moment after the certificate: the next look tries again.
            NotRenewed(_certificateFile, error.Message);
        }
    }

    private (DateTime, DateTime) Stamp() => (File.GetLastWriteTimeUtc(_certificateFile), File.GetLastWriteTimeUtc(_keyFile));

    private SslStreamCertificateContext Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificateFile);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(_certificateFile, _keyFile), chain, offline: true);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "the certificate {File} has changed and was read anew")]
    private partial void Renewed(string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the certificate {File} has changed and cannot be read, the old one stays in use: {Reason}")]
    private partial void NotRenewed(string file, string reason);
}
