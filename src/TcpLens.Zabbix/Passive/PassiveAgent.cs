using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using TcpLens.Zabbix.Wire;

namespace TcpLens.Zabbix.Passive;

/// <summary>
/// Listens like a Zabbix agent and answers passive checks out of an <see cref="IItemSource"/>, from its start until it is disposed.
/// </summary>
/// <remarks>
/// <para>What it takes on is bounded so that honest askers are answered beside slow and hostile ones:</para>
/// <para>An address that the allow list does not hold is closed at once, unread and before any handshake. It never has one of the
/// <see cref="PassiveAgentSettings.ConnectionsMaximum"/> places; only while a name of the list is looked up, two seconds at most, its peers may.</para>
/// <para>An allowed peer that says nothing, or only slowly, keeps its place for <see cref="PassiveAgentSettings.Patience"/>, and for a third of it when it
/// comes while more than half of the places are taken: an honest one sends its request at once, so it loses nothing, and the places of the others come free in time.</para>
/// <para>When all places are taken, the newest waits in the kernel's queue and is not turned away: to a server a closed connection is a failed check, a
/// late answer within its timeout is none. No address has a limit of its own: one server with hundreds of items asks hundreds of times at once, and
/// whoever may ask is trusted not to attack.</para>
/// </remarks>
public sealed class PassiveAgent : IAsyncDisposable
{
    /// <summary>Connections that wait in the kernel; it takes no more than net.core.somaxconn (4096).</summary>
    private const int Backlog = 4096;

    /// <summary>Disposal waits so long for what does not end at once.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_afterFailure = TimeSpan.FromMilliseconds(100);

    private readonly PassiveAgentSettings _settings;
    private readonly ImmutableArray<Socket> _listeners;
    private readonly PassiveItems _items;
    private readonly AllowedPeers _peers;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly LogRation _refusals;
    private readonly LogRation _failures;
    private readonly LogRation _acceptFailures;
    private readonly LogRation _fullness;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentDictionary<Socket, IPAddress> _connections = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private long _answered;
    private long _refused;
    private long _failed;

    private PassiveAgent(PassiveAgentSettings settings, ImmutableArray<Socket> listeners, AllowedPeers peers, PassiveItems items, ILogger log, TimeProvider clock)
    {
        (_settings, _listeners, _peers, _items, _log, _clock) = (settings, listeners, peers, items, log, clock);
        (_refusals, _failures, _acceptFailures, _fullness) = (new(clock), new(clock), new(clock), new(clock));
        _places = new SemaphoreSlim(settings.ConnectionsMaximum);
        EndPoints = [.. listeners.Select(listener => (IPEndPoint)listener.LocalEndPoint!)];
        foreach (var endPoint in EndPoints)
            log.Listening(endPoint, settings.Allow);
        _accepting = Task.WhenAll(listeners.Select(listener => Task.Run(() => AcceptAsync(listener))));
    }

    /// <summary>Where it listens, in the order of the settings, with the ports that it got.</summary>
    public ImmutableArray<IPEndPoint> EndPoints { get; }

    /// <summary>What became of the connections so far.</summary>
    public PassiveCounts Counts => new(Interlocked.Read(ref _answered), Interlocked.Read(ref _refused), Interlocked.Read(ref _failed));

    /// <summary>Starts listening.</summary>
    /// <exception cref="PassiveListenException">One of the addresses cannot be listened at; none is then.</exception>
    public static PassiveAgent Start(PassiveAgentSettings settings, IItemSource source, ILogger log, TimeProvider clock) =>
        Start(settings, source, log, clock, Dns.GetHostAddressesAsync);

    /// <summary>The same with another way to look up names.</summary>
    internal static PassiveAgent Start(
        PassiveAgentSettings settings, IItemSource source, ILogger log, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        var listeners = ImmutableArray.CreateBuilder<Socket>();
        try
        {
            foreach (var endPoint in settings.Listen)
                listeners.Add(Listen(endPoint, settings.Listen));
        }
        catch (PassiveListenException)
        {
            foreach (var listener in listeners)
                listener.Dispose();
            throw;
        }

        return new PassiveAgent(settings, listeners.ToImmutable(), new AllowedPeers(settings.Allow, resolve, clock, log), new PassiveItems(settings, source, clock, log), log, clock);
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
            return;
        await _end.CancelAsync().ConfigureAwait(false);
        foreach (var listener in _listeners)
            listener.Dispose();
        await _accepting.ConfigureAwait(false);
        if (!await AllPlacesAreFreeAsync().ConfigureAwait(false))
        {
            // A handshake that does not listen to its token: without its socket it ends, too.
            foreach (var socket in _connections.Keys)
                socket.Dispose();
        }

        var counts = Counts;
        _log.Ended(counts.Answered, counts.Refused, counts.Failed);
    }

    private async Task<bool> AllPlacesAreFreeAsync()
    {
        using var limit = new CancellationTokenSource(s_farewell);
        try
        {
            for (int place = 0; place < _settings.ConnectionsMaximum; place++)
                await _places.WaitAsync(limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // The runtime sets SO_REUSEADDR when it binds, which on Linux means: a restart need not wait for TIME_WAIT, and two listeners still exclude
    // each other. Its option ReuseAddress would add SO_REUSEPORT, with which a second program could take half of the connections.
    private static Socket Listen(IPEndPoint endPoint, ImmutableArray<IPEndPoint> all)
    {
        Socket? listener = null;
        try
        {
            listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
                listener.DualMode = !all.Any(other => other.AddressFamily == AddressFamily.InterNetwork && other.Port == endPoint.Port && other.Port != 0);
            listener.Bind(endPoint);
            listener.Listen(Backlog);
            return listener;
        }
        catch (SocketException trouble)
        {
            listener?.Dispose();
            throw new PassiveListenException(endPoint, trouble);
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        var here = (IPEndPoint)listener.LocalEndPoint!;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await AdmitAsync(await listener.AcceptAsync(_end.Token).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (SocketException trouble) when (!_end.IsCancellationRequested)
            {
                // Out of descriptors, or the asker has gone: the next one may have more luck.
                if (_acceptFailures.MaySay(out long unsaid))
                    _log.CannotAccept(here, trouble.Message, unsaid);
                await Task.Delay(s_afterFailure, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    // Takes over the socket. Ends when it is refused or has a place.
    private async Task AdmitAsync(Socket socket)
    {
        if (socket.RemoteEndPoint is not IPEndPoint { Address: var peer })
        {
            socket.Dispose();
            return;
        }

        var allowed = _peers.IsAllowedAsync(peer).Preserve();
        if (allowed is { IsCompletedSuccessfully: true, Result: false })
        {
            Refuse(socket, peer);
            return;
        }

        try
        {
            if (_places.CurrentCount == 0 && _fullness.MaySay(out long unsaid))
                _log.Full(_settings.ConnectionsMaximum, unsaid);
            await _places.WaitAsync(_end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }

        var patience = _places.CurrentCount < _settings.ConnectionsMaximum / 2 ? _settings.Patience / 3 : _settings.Patience;
        _connections[socket] = peer;
        _ = ServeAsync(socket, peer, allowed, patience);
    }

    private async Task ServeAsync(Socket socket, IPAddress peer, ValueTask<bool> allowed, TimeSpan patience)
    {
        try
        {
            if (await allowed.ConfigureAwait(false))
            {
                await new PassiveConnection(socket, _settings, _items, _clock).ServeAsync(patience, _end.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _answered);
            }
            else
            {
                Refuse(socket, peer);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The agent goes, and its connections with it.
        }
        catch (PacketException probe) when (probe.Fault == PacketFault.Nothing)
        {
            // Somebody looks whether the port is open, as Zabbix itself does with net.tcp.port: nothing to tell anybody about.
            Interlocked.Increment(ref _failed);
        }
#pragma warning disable CA1031 // Whatever happens to one connection happens to it alone, and is told.
        catch (Exception trouble)
#pragma warning restore CA1031
        {
            if (_failures.MaySay(out long unsaid))
                _log.Failed(peer, trouble is IOException or TimeoutException ? trouble.Message : trouble.ToString(), unsaid);
            Interlocked.Increment(ref _failed);
        }
        finally
        {
            socket.Dispose();
            _connections.TryRemove(socket, out _);
            _places.Release();
        }
    }

    private void Refuse(Socket socket, IPAddress peer)
    {
        socket.Dispose();
        if (_refusals.MaySay(out long unsaid))
            _log.Refused(peer, _settings.Allow, unsaid);
        Interlocked.Increment(ref _refused);
    }
}
