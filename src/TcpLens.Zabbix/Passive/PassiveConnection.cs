using System.Buffers;
using System.Net.Sockets;
using TcpLens.Zabbix.Wire;

namespace TcpLens.Zabbix.Passive;

/// <summary>One connection of an allowed peer: handshake, one request, its answer, and an orderly close.</summary>
internal sealed class PassiveConnection(Socket socket, PassiveAgentSettings settings, PassiveItems items, TimeProvider clock)
{
    /// <summary>A key has at most 2 KB; a request of 7.0 adds some words to each.</summary>
    public const int RequestBytesMaximum = 64 * 1024;

    /// <summary>
    /// Servers know by the header when an answer is whole and close first. Waiting for that leaves TIME_WAIT on their side: polling does not show in
    /// the states of the host that is watched.
    /// </summary>
    private static readonly TimeSpan s_peerCloses = TimeSpan.FromMilliseconds(200);

    /// <summary>Closing over bytes that were not read sends a reset, and a reset takes away what the peer has not read yet.</summary>
    private static readonly TimeSpan s_lingers = TimeSpan.FromSeconds(1);

    /// <summary>Serves it to its end.</summary>
    /// <param name="patience">How long handshake and request, and then the taking of the answer, may take.</param>
    /// <param name="end">Ends it at once.</param>
    /// <exception cref="IOException">It got no answer: what it sent is no request, it may not talk to us, or it has gone.</exception>
    /// <exception cref="TimeoutException">It got no answer: it was too slow.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="end"/> has come.</exception>
    public async Task ServeAsync(TimeSpan patience, CancellationToken end)
    {
        Stream connection = new NetworkStream(socket, ownsSocket: false);
        try
        {
            PassiveRequest? request = null;
            await WithinAsync(patience, "handshake and request", async limit =>
            {
                connection = await settings.Security.ProtectAsync(connection, limit).ConfigureAwait(false);
                request = PassiveRequest.Parse(await Packet.ReadAsync(connection, RequestBytesMaximum, limit).ConfigureAwait(false));
            }, end).ConfigureAwait(false);
            byte[] reply = await items.AnswerAsync(request!, end).ConfigureAwait(false);
            await WithinAsync(patience, "taking the answer", limit => Packet.WriteAsync(connection, reply, isCompressed: false, limit), end).ConfigureAwait(false);
            await HasClosedAsync(s_peerCloses, end).ConfigureAwait(false);
        }
        finally
        {
            await SayFarewellAsync(connection).ConfigureAwait(false);
        }

        await HasClosedAsync(s_lingers, end).ConfigureAwait(false);
    }

    private async Task WithinAsync(TimeSpan time, string what, Func<CancellationToken, ValueTask> act, CancellationToken end)
    {
        using var limit = new TimeLimit(time, clock, end);
        try
        {
            await act(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (limit.IsOver)
        {
            throw new TimeoutException($"{what} took longer than {time.TotalSeconds:0.###} s", late);
        }
    }

    // The end of the data, for TLS and for TCP. The socket can still receive.
    private async Task SayFarewellAsync(Stream connection)
    {
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            // The peer was faster: it has the answer, or does not want it.
        }
    }

    // Reads what nobody asked for until the peer closes, or the time is over.
    private async Task HasClosedAsync(TimeSpan time, CancellationToken end)
    {
        using var limit = new TimeLimit(time, clock, end);
        byte[] waste = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            while (await socket.ReceiveAsync(waste, limit.Token).ConfigureAwait(false) > 0)
            {
                // Bounded by the time alone: it is read and forgotten.
            }
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            // It may have its reasons.
        }
        catch (SocketException)
        {
            // A reset is a close, too.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(waste);
        }
    }
}
