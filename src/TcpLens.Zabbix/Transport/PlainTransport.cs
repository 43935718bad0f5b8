namespace TcpLens.Zabbix.Transport;

/// <summary>No protection: whoever listens on the way reads everything.</summary>
public sealed class PlainTransport : IClientSecurity, IServerSecurity
{
    public static PlainTransport Instance { get; } = new();

    public ValueTask<Stream> ProtectAsync(Stream connection, CancellationToken cancel) => ValueTask.FromResult(connection);
}
