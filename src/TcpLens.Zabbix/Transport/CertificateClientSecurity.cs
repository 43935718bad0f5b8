using System.Net.Security;
using System.Security.Authentication;

namespace TcpLens.Zabbix.Transport;

/// <summary>Connections that we open, protected by certificates on both sides (<c>TLSConnect=cert</c>): TLS 1.2 and 1.3 by the host's OpenSSL.</summary>
/// <param name="files">Our certificate and whom we trust.</param>
/// <param name="allowed">Whose certificates are taken among those.</param>
public sealed class CertificateClientSecurity(CertificateFiles files, AllowedPeer allowed) : IClientSecurity
{
    public async ValueTask<Stream> ProtectAsync(Stream connection, CancellationToken cancel)
    {
        var incoming = new IncomingStream(connection, CertificateHandshake.BytesMax);
        var handshake = new CertificateHandshake(files, allowed);
        var stream = new SslStream(incoming);
        bool isProtected = false;
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "",
                    ClientCertificateContext = files.Own,
                    EnabledSslProtocols = CertificateHandshake.Versions,
                    CertificateChainPolicy = handshake.Policy,
                    RemoteCertificateValidationCallback = handshake.Judge,
                    AllowRenegotiation = false,
                    AllowTlsResume = false,
                },
                cancel).ConfigureAwait(false);
            incoming.EndHandshake();
            isProtected = true;
            return stream;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException and not TransportException)
        {
            throw new TransportException(
                handshake.Objection is string objection ? $"the server may not be trusted: {objection}"
                : failure is AuthenticationException ? $"the TLS handshake with the server failed ({(failure.InnerException ?? failure).Message}): check the certificates of both sides; the reason is in the server's log"
                : "the server closed the connection during the TLS handshake: check the certificates and the host's encryption setting on both sides; the reason is in the server's log",
                failure);
        }
        finally
        {
            if (!isProtected)
                await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
