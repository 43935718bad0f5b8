using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TcpLens.Zabbix.Wire;

namespace TcpLens.ZabbixTests;

/// <summary>A way to a server on which a test can lose answers, or cut everything. It notes the values that come by.</summary>
internal sealed class LossyRelay : IAsyncDisposable
{
    private const int BytesMaximum = 64 << 20;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly HashSet<SentValue> _seen = [];
    private readonly List<SentValue> _sent = [];
    private readonly string _host;
    private readonly int _port;
    private readonly Task _work;
    private volatile bool _losesAnswers;
    private volatile bool _isCut;
    private int _lost;
    private int _repeated;

    /// <summary>Begins, at a free port.</summary>
    /// <param name="place">ADDRESS:PORT of the server or proxy.</param>
    public LossyRelay(string place)
    {
        _host = place.Split(':')[0];
        _port = int.Parse(place.Split(':')[1]);
        _listener.Start();
        _work = AcceptAsync();
    }

    /// <summary>ADDRESS:PORT at which it is reached.</summary>
    public string Place => _listener.LocalEndpoint.ToString()!;

    /// <summary>Whether the server's answers to values are thrown away. It has taken the values then.</summary>
    public bool LosesAnswers
    {
        get => _losesAnswers;
        set => _losesAnswers = value;
    }

    /// <summary>Whether connections are closed at once.</summary>
    public bool IsCut
    {
        get => _isCut;
        set => _isCut = value;
    }

    /// <summary>Answers that were thrown away.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Values that came by again.</summary>
    public int Repeated => Volatile.Read(ref _repeated);

    /// <summary>Every value that came by, in the order in which it did so first.</summary>
    public SentValue[] Sent
    {
        get
        {
            lock (_lock)
                return [.. _sent];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                connections.RemoveAll(connection => connection.IsCompletedSuccessfully);
                connections.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(s_longest);
        using var near = client;
        if (IsCut)
            return;
        try
        {
            byte[] request = await Packet.ReadAsync(near.GetStream(), BytesMaximum, limit.Token);
            bool isData = Note(request);
            using var far = new TcpClient();
            await far.ConnectAsync(_host, _port, limit.Token);
            await Packet.WriteAsync(far.GetStream(), request, isCompressed: true, limit.Token);
            byte[] answer = await Packet.ReadAsync(far.GetStream(), BytesMaximum, limit.Token);
            if (isData && LosesAnswers)
                Interlocked.Increment(ref _lost);
            else
                await Packet.WriteAsync(near.GetStream(), answer, isCompressed: false, limit.Token);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            // One side has closed; the other sees its own connection end.
        }
    }

    /// <summary>Notes the values of a request; <see langword="false"/> when it is one without.</summary>
    private bool Note(byte[] request)
    {
        using var message = JsonDocument.Parse(request);
        if (!message.RootElement.TryGetProperty("data", out var data))
            return false;
        string session = message.RootElement.TryGetProperty("session", out var named) ? named.GetString()! : "";
        lock (_lock)
        {
            foreach (var one in data.EnumerateArray())
            {
                var value = new SentValue(
                    session,
                    session.Length > 0 ? one.GetProperty("id").GetUInt64() : 0,
                    session.Length > 0 ? $"{one.GetProperty("itemid").GetUInt64()}" : one.GetProperty("key").GetString()!,
                    one.GetProperty("clock").GetInt64(),
                    one.GetProperty("ns").GetInt32());
                if (_seen.Add(value))
                    _sent.Add(value);
                else
                    _repeated++;
            }
        }

        return true;
    }
}
