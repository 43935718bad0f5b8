using Org.BouncyCastle.Tls;

namespace TcpLens.Zabbix.Transport;

/// <summary>
/// Connections that others open to us, protected by a pre-shared key (<c>TLSAccept=psk</c>): TLS 1.2 and 1.3, without any library of the host.
/// A peer learns nothing about which of identity and key was wrong; the exception, for our log, says it.
/// </summary>
public sealed class PskServerSecurity : IServerSecurity
{
    private readonly PskIdentity _identity;
    private readonly ProtocolVersion[] _versions;

    /// <summary>Whoever has this identity and its key is let in.</summary>
    /// <exception cref="IOException">The host has no <c>/dev/urandom</c>.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not read <c>/dev/urandom</c>.</exception>
    public PskServerSecurity(PskIdentity identity)
        : this(identity, PskHandshake.Versions())
    {
    }

    internal PskServerSecurity(PskIdentity identity, ProtocolVersion[] versions)
    {
        PskHandshake.Prepare();
        _identity = identity;
        _versions = versions;
    }

    public async ValueTask<Stream> ProtectAsync(Stream connection, CancellationToken cancel)
    {
        var incoming = new IncomingStream(connection, PskHandshake.BytesMax);
        await Opening.RequireTlsAsync(incoming, cancel).ConfigureAwait(false);
        var protocol = new TlsServerProtocol();
        var peer = new PskServerPeer(_identity, _versions);
        var stream = new TlsStream(incoming, protocol);
        try
        {
            protocol.Accept(peer);
            await stream.ShakeHandsAsync(cancel).ConfigureAwait(false);
            return stream;
        }
        catch (IOException failure) when (failure is EndOfStreamException or TlsException)
        {
            throw new TransportException(Explain(failure, peer), failure);
        }
    }

    private string Explain(IOException failure, PskServerPeer peer) => failure switch
    {
        _ when peer.UnknownName is string name => $"the client knows the PSK identity \"{name}\", not \"{_identity.Name}\"",
        TlsFatalAlertReceived refused => $"the client gave up the TLS handshake ({AlertDescription.GetText(refused.AlertDescription)})",
        TlsFatalAlert { AlertDescription: AlertDescription.bad_record_mac or AlertDescription.decrypt_error } =>
            $"the client's key for the PSK identity \"{_identity.Name}\" is not ours",
        TlsFatalAlert { AlertDescription: AlertDescription.handshake_failure or AlertDescription.missing_extension } ours =>
            $"the client offers no pre-shared key, or none in a way that is known here ({ours.Message})",
        TlsFatalAlert ours => $"the TLS handshake failed ({ours.Message})",
        _ => "the client closed the connection during the TLS handshake",
    };
}
