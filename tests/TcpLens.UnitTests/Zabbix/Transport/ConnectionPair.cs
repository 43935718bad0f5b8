using System.Net;
using System.Net.Sockets;
using TcpLens.Zabbix.Transport;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Transport;

/// <summary>Both ends of one TCP connection over loopback, and a bound on the time that a test takes when something hangs.</summary>
internal sealed class ConnectionPair : IDisposable
{
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private ConnectionPair(NetworkStream client, NetworkStream server)
    {
        Client = client;
        Server = server;
        patience.CancelAfter(TimeSpan.FromSeconds(30));
    }

    public NetworkStream Client { get; }

    public NetworkStream Server { get; }

    public CancellationToken End => patience.Token;

    public static async Task<ConnectionPair> OpenAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndpoint, TestContext.Current.CancellationToken);
        var server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        server.NoDelay = true;
        return new ConnectionPair(new NetworkStream(client, ownsSocket: true), new NetworkStream(server, ownsSocket: true));
    }

    /// <summary>Shakes hands on both ends; who fails closes the connection, as listener and sender do.</summary>
    public async Task<Handshake> ShakeHandsAsync(IClientSecurity client, IServerSecurity server)
    {
        var opening = TryAsync(Client, stream => client.ProtectAsync(stream, End));
        var accepting = TryAsync(Server, stream => server.ProtectAsync(stream, End));
        var (clientStream, clientFailure) = await opening;
        var (serverStream, serverFailure) = await accepting;
        return new Handshake(clientStream, clientFailure, serverStream, serverFailure);
    }

    /// <summary>What a server says about a client that sends these bytes and then waits for the end.</summary>
    public async Task<(TransportException Failure, byte[] Answer)> SendAsync(IServerSecurity server, byte[] bytes)
    {
        var accepting = TryAsync(Server, stream => server.ProtectAsync(stream, End));
        using var answer = new MemoryStream();
        try
        {
            if (bytes.Length > 0)
                await Client.WriteAsync(bytes, End);
            await Client.CopyToAsync(answer, End);
        }
        catch (IOException)
        {
            // What the server had not read when it closed makes a reset of the end.
        }

        var (_, failure) = await accepting;
        return (Assert.IsType<TransportException>(failure), answer.ToArray());
    }

    /// <summary>The same for a client that has sent already all it wants to send.</summary>
    public Task<(TransportException Failure, byte[] Answer)> SendNothingAsync(IServerSecurity server) => SendAsync(server, []);

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        patience.Dispose();
    }

    private static async Task<(Stream? Stream, Exception? Failure)> TryAsync(NetworkStream connection, Func<Stream, ValueTask<Stream>> protect)
    {
        try
        {
            return (await protect(connection), null);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            await connection.DisposeAsync();
            return (null, failure);
        }
    }
}
