using System.Net.Security;
using System.Security.Authentication;

namespace TcpLens.Zabbix.Transport;

/// <summary>Connections that others open to us, protected by certificates on both sides (<c>TLSAccept=cert</c>): TLS 1.2 and 1.3 by the host's OpenSSL.</summary>
/// <param name="files">Our certificate and whom we trust.</param>
/// <param name="allowed">Whose certificates are taken among those.</param>
public sealed class CertificateServerSecurity(CertificateFiles files, AllowedPeer allowed) : IServerSecurity
{
    public async ValueTask<Stream> ProtectAsync(Stream connection, CancellationToken cancel)
    {
        var incoming = new IncomingStream(connection, CertificateHandshake.BytesMax);
        await Opening.RequireTlsAsync(incoming, cancel).ConfigureAwait(false);
        var handshake = new CertificateHandshake(files, allowed);
        var stream = new SslStream(incoming);
        bool isProtected = false;
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = files.Own,
                    ClientCertificateRequired = true,
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
                handshake.Objection is string objection ? $"the client may not be trusted: {objection}"
                : failure is AuthenticationException ? $"the TLS handshake with the client failed ({(failure.InnerException ?? failure).Message})"
                : "the client closed the connection during the TLS handshake",
                failure);
        }
        finally
        {
            if (!isProtected)
                await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
