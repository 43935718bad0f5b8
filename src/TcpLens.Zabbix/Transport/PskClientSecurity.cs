using Org.BouncyCastle.Tls;

namespace TcpLens.Zabbix.Transport;

/// <summary>Connections that we open, protected by a pre-shared key (<c>TLSConnect=psk</c>): TLS 1.2 and 1.3, without any library of the host.</summary>
public sealed class PskClientSecurity : IClientSecurity
{
    private const string WhatToCheck = "check the PSK identity, the key and the host's encryption setting on both sides; the reason is in the server's log";

    private readonly PskIdentity _identity;
    private readonly ProtocolVersion[] _versions;

    /// <summary>Whoever has this identity and its key is talked to.</summary>
    /// <exception cref="IOException">The host has no <c>/dev/urandom</c>.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not read <c>/dev/urandom</c>.</exception>
    public PskClientSecurity(PskIdentity identity)
        : this(identity, PskHandshake.Versions())
    {
    }

    internal PskClientSecurity(PskIdentity identity, ProtocolVersion[] versions)
    {
        PskHandshake.Prepare();
        _identity = identity;
        _versions = versions;
    }

    public async ValueTask<Stream> ProtectAsync(Stream connection, CancellationToken cancel)
    {
        var protocol = new TlsClientProtocol();
        var stream = new TlsStream(new IncomingStream(connection, PskHandshake.BytesMax), protocol);
        try
        {
            protocol.Connect(new PskClientPeer(_identity, _versions));
            await stream.ShakeHandsAsync(cancel).ConfigureAwait(false);
            return stream;
        }
        catch (IOException failure) when (failure is not TransportException)
        {
            throw new TransportException(Explain(failure), failure);
        }
    }

    private static string Explain(IOException failure) => failure switch
    {
        TlsFatalAlertReceived refused => $"the server refused the TLS handshake ({AlertDescription.GetText(refused.AlertDescription)}): {WhatToCheck}",
        TlsFatalAlert { AlertDescription: AlertDescription.unexpected_message or AlertDescription.record_overflow or AlertDescription.protocol_version } ours =>
            $"the server did not answer as TLS does ({ours.Message}): does it take encrypted connections at this port?",
        TlsFatalAlert ours => $"the TLS handshake failed ({ours.Message}): {WhatToCheck}",
        // Zabbix closes without a word; where it had not read everything, the kernel resets the connection.
        _ => $"the server closed the connection during the TLS handshake: {WhatToCheck}",
    };
}
