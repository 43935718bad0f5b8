namespace TcpLens.Zabbix.Transport;

/// <summary>
/// Connections that others open to us in any of several ways (<c>TLSAccept=unencrypted,psk,cert</c>): the first bytes tell which one a client means.
/// </summary>
public sealed class EitherServerSecurity : IServerSecurity
{
    private readonly bool _isPlainAllowed;
    private readonly PskServerSecurity? _psk;
    private readonly CertificateServerSecurity? _certificate;

    /// <summary>At least one way must be open.</summary>
    /// <param name="isPlainAllowed">Whether clients need not encrypt.</param>
    /// <param name="psk">How clients with a pre-shared key are served; null turns them away.</param>
    /// <param name="certificate">How clients with a certificate are served; null turns them away.</param>
    /// <exception cref="ArgumentException">Nobody would be served.</exception>
    public EitherServerSecurity(bool isPlainAllowed, PskServerSecurity? psk, CertificateServerSecurity? certificate)
    {
        if (!isPlainAllowed && psk is null && certificate is null)
            throw new ArgumentException("no client would be served", nameof(isPlainAllowed));
        _isPlainAllowed = isPlainAllowed;
        _psk = psk;
        _certificate = certificate;
    }

    public async ValueTask<Stream> ProtectAsync(Stream connection, CancellationToken cancel)
    {
        var incoming = new IncomingStream(connection, PskHandshake.BytesMax);
        if (!await Opening.IsTlsAsync(incoming, cancel).ConfigureAwait(false))
        {
            incoming.EndHandshake();
            return _isPlainAllowed ? incoming : throw Opening.PlainRefused();
        }

        bool isPsk = _psk is not null && (_certificate is null || await IsPskAsync(incoming, cancel).ConfigureAwait(false));
        // From here on the chosen way has its own bound.
        incoming.EndHandshake();
        if (isPsk)
            return await _psk!.ProtectAsync(incoming, cancel).ConfigureAwait(false);
        return _certificate is not null
            ? await _certificate.ProtectAsync(incoming, cancel).ConfigureAwait(false)
            : throw new TransportException("the client encrypts, and neither a pre-shared key nor a certificate is set here");
    }

    private static async ValueTask<bool> IsPskAsync(IncomingStream incoming, CancellationToken cancel)
    {
        ReadOnlyMemory<byte> start = default;
        bool isPsk;
        while (!ClientOffer.TryParse(start.Span, out isPsk, out int bytesNeeded))
        {
            if (bytesNeeded == 0)
                throw new TransportException("the client's first message is no TLS hello that a Zabbix program sends");
            start = await incoming.PeekAsync(bytesNeeded, cancel).ConfigureAwait(false);
            if (start.Length < bytesNeeded)
                throw new TransportException("the client closed the connection during the TLS handshake");
        }

        return isPsk;
    }
}
