namespace TcpLens.Zabbix.Transport;

/// <summary>How a connection begins: the first byte tells TLS from a packet of Zabbix or a bare key.</summary>
internal static class Opening
{
    /// <summary>Whether the peer begins a TLS handshake; waits for the first byte.</summary>
    /// <exception cref="TransportException">The peer closed before.</exception>
    public static async ValueTask<bool> IsTlsAsync(IncomingStream incoming, CancellationToken cancel)
    {
        var first = await incoming.PeekAsync(1, cancel).ConfigureAwait(false);
        return first.IsEmpty ? throw new TransportException("the client closed the connection without sending anything") : first.Span[0] == PskHandshake.RecordType;
    }

    /// <summary>Lets only TLS pass; waits for the first byte.</summary>
    /// <exception cref="TransportException">The peer does not begin a TLS handshake, or closed before.</exception>
    public static async ValueTask RequireTlsAsync(IncomingStream incoming, CancellationToken cancel)
    {
        if (!await IsTlsAsync(incoming, cancel).ConfigureAwait(false))
            throw PlainRefused();
    }

    public static TransportException PlainRefused() => new("the client does not encrypt, and unencrypted connections are not accepted here");
}
