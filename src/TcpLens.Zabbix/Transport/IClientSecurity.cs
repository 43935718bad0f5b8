namespace TcpLens.Zabbix.Transport;

/// <summary>How connections that we open are protected: not at all, by a pre-shared key, or by certificates (<c>TLSConnect</c>).</summary>
public interface IClientSecurity
{
    /// <summary>Shakes hands over a fresh connection and gives the stream for the data, which closes <paramref name="connection"/> with itself.</summary>
    /// <exception cref="TransportException">The peer is not who it should be, or does not want us.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    ValueTask<Stream> ProtectAsync(Stream connection, CancellationToken cancel);
}
