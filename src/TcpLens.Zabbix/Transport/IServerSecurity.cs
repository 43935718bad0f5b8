namespace TcpLens.Zabbix.Transport;

/// <summary>How connections that others open to us are protected (<c>TLSAccept</c>).</summary>
public interface IServerSecurity
{
    /// <summary>Shakes hands over a fresh connection and gives the stream for the data, which closes <paramref name="connection"/> with itself.</summary>
    /// <exception cref="TransportException">The peer may not talk to us.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    ValueTask<Stream> ProtectAsync(Stream connection, CancellationToken cancel);
}
