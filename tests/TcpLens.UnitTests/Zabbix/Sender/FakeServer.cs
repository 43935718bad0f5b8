using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TcpLens.Zabbix.Sender;
using TcpLens.Zabbix.Wire;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Sender;

/// <summary>
/// A Zabbix server on loopback as far as a sender sees one: it gives a list, stores values, and throws away those whose session and id it has seen
/// (also those that it did not take), as 6.0.14 and 7.0.22 were seen to do.
/// </summary>
internal sealed class FakeServer : IDisposable
{
    public const string List =
        """{"response":"success","config_revision":7,"data":[{"key":"one","itemid":1,"delay":"1s","lastlogsize":0,"mtime":0,"timeout":"3s"},{"key":"wrong","itemid":2,"delay":"1s","lastlogsize":0,"mtime":0,"timeout":"3s"}]}""";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _lastIds = new(StringComparer.Ordinal);
    private readonly List<StoredValue> _stored = [];
    private readonly List<string> _requests = [];
    private readonly Task _work;

    public FakeServer(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _work = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ServerCluster Cluster => new([new ZabbixAddress("127.0.0.1", Port)]);

    /// <summary>Answers in place of the server: <see langword="null"/> leaves it to the server, an empty text closes the connection, "hang" keeps it open.</summary>
    public Func<string, string?> Instead { get; set; } = _ => null;

    /// <summary>Whether the server takes a message in and its answer does not arrive.</summary>
    public Func<string, bool> LosesAnswer { get; set; } = _ => false;

    /// <summary>Items that the server knows; <see langword="null"/> = all.</summary>
    public HashSet<ulong>? Known { get; set; }

    public string ListAnswer { get; set; } = List;

    public StoredValue[] Stored
    {
        get
        {
            lock (_lock)
                return [.. _stored];
        }
    }

    public string[] Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    /// <summary>Requests of one kind.</summary>
    public string[] RequestsOf(string kind) => [.. Requests.Where(request => request.Contains($"\"request\":\"{kind}\"", StringComparison.Ordinal))];

    /// <summary>Forgets the sessions, as a server does that is started anew.</summary>
    public void Forget()
    {
        lock (_lock)
            _lastIds.Clear();
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _work.ContinueWith(_ => { }, TaskScheduler.Default).Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            string request = Encoding.UTF8.GetString(await Packet.ReadAsync(stream, 16 << 20, _end.Token));
            lock (_lock)
                _requests.Add(request);
            string answer = Instead(request) ?? Answer(request);
            if (LosesAnswer(request) || answer.Length == 0)
                return;
            if (answer == "hang")
                await Task.Delay(Timeout.Infinite, _end.Token);
            await Packet.WriteAsync(stream, Encoding.UTF8.GetBytes(answer), isCompressed: false, _end.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The client went away, or the test is over.
        }
    }

    private string Answer(string text)
    {
        using var document = JsonDocument.Parse(text);
        var request = document.RootElement;
        lock (_lock)
        {
            return request.GetProperty("request").GetString() switch
            {
                "active checks" => request.GetProperty("config_revision").GetInt64() == 7 ? """{"response":"success"}""" : ListAnswer,
                "agent data" => Take(request),
                "sender data" => Count(request.GetProperty("data").EnumerateArray().Count(value => Store("", 0, value, value.GetProperty("key").GetString()!)), request.GetProperty("data").GetArrayLength()),
                _ => "",
            };
        }
    }

    private string Take(JsonElement request)
    {
        string session = request.GetProperty("session").GetString()!;
        long last = _lastIds.GetValueOrDefault(session);
        int taken = 0;
        foreach (var value in request.GetProperty("data").EnumerateArray())
        {
            long id = value.GetProperty("id").GetInt64();
            ulong item = value.GetProperty("itemid").GetUInt64();
            if (id > last && Known?.Contains(item) != false && Store(session, id, value, item.ToString()))
                taken++;
            _lastIds[session] = Math.Max(_lastIds.GetValueOrDefault(session), id);
        }

        return Count(taken, request.GetProperty("data").GetArrayLength());
    }

    private bool Store(string session, long id, JsonElement value, string item)
    {
        _stored.Add(new StoredValue(session, id, item, value.GetProperty("value").GetString()!, value.GetProperty("clock").GetInt64(), value.GetProperty("ns").GetInt32(), !value.TryGetProperty("state", out _)));
        return true;
    }

    private static string Count(int taken, int total) =>
        $$"""{"response":"success","info":"processed: {{taken}}; failed: {{total - taken}}; total: {{total}}; seconds spent: 0.000042"}""";
}
