using System.Net.Sockets;
using TcpLens.Zabbix.Transport;
using TcpLens.Zabbix.Wire;

namespace TcpLens.Zabbix.Sender;

/// <summary>
/// The other side: a server, the nodes of a cluster, or the proxy that it sent us to. One connection per question, as all of Zabbix does; names
/// are looked up each time. May be asked by many at once.
/// </summary>
/// <param name="cluster">Where to begin.</param>
/// <param name="security">How connections are protected.</param>
/// <param name="patience">The longest a node may take for connection, handshake and answer together.</param>
/// <param name="clock">Measures it.</param>
public sealed class ServerPeer(ServerCluster cluster, IClientSecurity security, TimeSpan patience, TimeProvider clock)
{
    /// <summary>The longest answer: a list of items for one host, each with a key of up to 2 KiB.</summary>
    private const int AnswerBytesMaximum = 16 << 20;

    /// <summary>How often one question is sent on: proxies that send it to each other must not hold it for ever.</summary>
    private const int RedirectsMaximum = 3;

    private readonly Lock _lock = new();
    private Redirect? _redirect;
    private int _awake;

    /// <summary>The address that is asked next.</summary>
    public ZabbixAddress Address
    {
        get
        {
            lock (_lock)
                return _redirect?.Address ?? cluster.Nodes[_awake];
        }
    }

    /// <summary>Asks, at another address when told so, at the next node when one does not answer.</summary>
    /// <returns>The answer's data and its common part.</returns>
    /// <exception cref="ServerException">Nobody answered.</exception>
    public async Task<(byte[] Data, ServerAnswer Answer)> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancel)
    {
        for (int redirects = 0; ; redirects++)
        {
            var (data, answer) = await AskSomebodyAsync(request, cancel).ConfigureAwait(false);
            if (answer.Redirect is not { } redirect)
                return (data, answer);
            if (redirects == RedirectsMaximum || !Follow(redirect))
                throw new ServerException($"{Address} sends this host to {redirect.Address?.ToString() ?? "the configured address"} and does not answer itself");
        }
    }

    /// <summary>Tells something that needs no answer; a redirect in one is followed the next time.</summary>
    /// <exception cref="ServerException">Nobody took it.</exception>
    public async Task TellAsync(ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        try
        {
            var (_, answer) = await AskOneAsync(Address, message, cancel).ConfigureAwait(false);
            if (answer.Redirect is { } redirect)
                Follow(redirect);
        }
        catch (ServerException closed) when (closed.InnerException is PacketException { Fault: PacketFault.Nothing })
        {
            // Closed without an answer: so do servers that have nothing to say.
        }
    }

    private async Task<(byte[] Data, ServerAnswer Answer)> AskSomebodyAsync(ReadOnlyMemory<byte> request, CancellationToken cancel)
    {
        if (Redirected is { } elsewhere)
        {
            try
            {
                return await AskOneAsync(elsewhere, request, cancel).ConfigureAwait(false);
            }
            catch (ServerException)
            {
                // The server may have moved the host since; it knows, and will say so.
                lock (_lock)
                    _redirect = null;
            }
        }

        int first = Volatile.Read(ref _awake);
        for (int tried = 0; ; tried++)
        {
            int node = (first + tried) % cluster.Nodes.Length;
            try
            {
                var answer = await AskOneAsync(cluster.Nodes[node], request, cancel).ConfigureAwait(false);
                Volatile.Write(ref _awake, node);
                return answer;
            }
            catch (ServerException) when (tried + 1 < cluster.Nodes.Length)
            {
                // A node that sleeps refuses, or closes the connection without an answer.
            }
        }
    }

    private ZabbixAddress? Redirected
    {
        get
        {
            lock (_lock)
                return _redirect?.Address;
        }
    }

    private async Task<(byte[] Data, ServerAnswer Answer)> AskOneAsync(ZabbixAddress address, ReadOnlyMemory<byte> request, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port, either.Token).ConfigureAwait(false);
            var connection = new NetworkStream(socket, ownsSocket: true);
            await using (connection.ConfigureAwait(false))
            {
                var stream = await security.ProtectAsync(connection, either.Token).ConfigureAwait(false);
                await using (stream.ConfigureAwait(false))
                {
                    await Packet.WriteAsync(stream, request, isCompressed: true, either.Token).ConfigureAwait(false);
                    byte[] data = await Packet.ReadAsync(stream, AnswerBytesMaximum, either.Token).ConfigureAwait(false);
                    return ServerAnswer.TryParse(data, out var answer)
                        ? (data, answer)
                        : throw new ServerException($"{address} answers something that is no answer of a Zabbix server ({data.Length} bytes)");
                }
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ServerException($"{address} did not answer within {patience.TotalSeconds:0.#} s");
        }
        catch (Exception broken) when (broken is SocketException or (IOException and not ServerException))
        {
            throw new ServerException($"{address}: {broken.Message}{Hint(broken)}", broken);
        }
    }

    // Zabbix judges a certificate when the handshake is over, and closes without a word.
    private string Hint(Exception broken) =>
        security is CertificateClientSecurity && broken is PacketException { Fault: PacketFault.Nothing } or { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset } }
            ? "; if the server is awake it does not trust our certificate: the reason is in the server's log"
            : "";

    /// <summary>Takes the news over; <see langword="false"/> when there is no other address to ask now.</summary>
    private bool Follow(Redirect redirect)
    {
        lock (_lock)
        {
            if (redirect.Address is null)
            {
                bool wasElsewhere = _redirect is not null;
                _redirect = null;
                return wasElsewhere;
            }

            // An older one is what a proxy says that has not heard the news yet.
            if (_redirect is { } known && (redirect.Revision < known.Revision || redirect == known))
                return false;
            _redirect = redirect;
            return true;
        }
    }
}
