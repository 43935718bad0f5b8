using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TcpLens.Bench.Contenders;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Residents;

/// <summary>
/// <c>tcplens serve</c> with its history, with its usual budget or with leave to read every second whatever it costs; without web, or with the
/// stream of one open dashboard and one scrape of <c>/metrics</c> per interval. What it found is what it wrote into its history.
/// </summary>
/// <param name="workshop">Where the program lies.</param>
/// <param name="isEverySecond">Whether its CPU budget is a whole core.</param>
/// <param name="hasWeb">Whether a dashboard and a scraper are there.</param>
public sealed class TcpLensMonitor(Workshop workshop, bool isEverySecond, bool hasWeb) : ResidentMonitor
{
    private const int Port = 7004;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private Service? _service;
    private Socket? _dashboard;

    public override string Id => (isEverySecond ? "tcplens-second" : "tcplens") + (hasWeb ? "-web" : "");

    public override int Listeners => hasWeb ? 1 : 0;

    // Both ends of the stream, and of the scrape.
    public override int OwnConnections => hasWeb ? 4 : 0;

    private string Home => Path.Combine(workshop.Scratch, Id);

    private string History => Path.Combine(Home, "history.db");

    public override string? Version() => File.Exists(workshop.TcpLens) ? Workshop.OutputOf(workshop.TcpLens, "--version") : null;

    public override void Start()
    {
        if (Directory.Exists(Home))
            Directory.Delete(Home, true);
        Directory.CreateDirectory(Home);
        string[] web = hasWeb ? ["--listen", $"127.0.0.1:{Port}"] : ["--no-web"];
        string[] budget = isEverySecond ? ["--cpu-budget", "100"] : [];
        var begin = TimeProvider.System.GetUtcNow();
        _service = new(workshop, Id, workshop.TcpLens, ["serve", "--history-file", History, "--socket", Path.Combine(Home, "socket"), .. web, .. budget]);
        while (!File.Exists(History) || Points(begin, begin + s_patience).Count == 0)
        {
            if (TimeProvider.System.GetUtcNow() - begin > s_patience)
                throw new TimeoutException("tcplens serve wrote no history");
            Thread.Sleep(100);
        }

        if (hasWeb)
            _dashboard = OpenDashboard();
    }

    public override void Ask()
    {
        if (!hasWeb)
            return;
        string answer = Encoding.UTF8.GetString(PoliteClient.Ask(Port, Request("/metrics", "close")));
        if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            throw new InvalidDataException($"/metrics: {answer.Split('\n')[0]}");
    }

    public override Findings Find(DateTimeOffset since, DateTimeOffset until)
    {
        var points = Points(since, until);
        return points.Count == 0 ? throw new InvalidDataException("tcplens serve wrote nothing in this time") : new(points.Count, points[^1]);
    }

    protected override void Dispose(bool disposing)
    {
        _dashboard?.Dispose();
        _service?.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Request(string path, string connection) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nConnection: {connection}\r\n\r\n");

    // Reads the stream as a browser does; the end is a reset, so that nothing waits in TIME_WAIT.
    private static Socket OpenDashboard()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        socket.Connect(IPAddress.Loopback, Port);
        socket.Send(Request("/api/v1/stream", "keep-alive"));
        byte[] buffer = new byte[64 * 1024];
        int first = socket.Receive(buffer);
        if (!Encoding.ASCII.GetString(buffer, 0, first).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            throw new InvalidDataException("the stream of the dashboard was refused");
        var reader = new Thread(() => ReadAway(socket, buffer)) { IsBackground = true };
        reader.Start();
        return socket;
    }

    private static void ReadAway(Socket socket, byte[] buffer)
    {
        try
        {
            while (socket.Receive(buffer) > 0)
                continue;
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The round is over.
        }
    }

    // What the history has of that time, oldest first.
    private List<Tally> Points(DateTimeOffset since, DateTimeOffset until)
    {
        string output = Workshop.OutputOf(workshop.TcpLens, "history", "--file", History, "--from", Time(since), "--to", Time(until), "--points", "10000", "--json")!;
        if (!output.StartsWith('{'))
            return [];
        using var document = JsonDocument.Parse(output);
        var series = document.RootElement.GetProperty("series").EnumerateArray()
            .Select(one => (State: one.GetProperty("id").GetString()!.Split('.')[1], Values: one.GetProperty("avg")))
            .ToList();
        var points = new List<Tally>();
        for (int at = 0; at < document.RootElement.GetProperty("times").GetArrayLength(); at++)
        {
            var known = series.Where(one => one.Values[at].ValueKind == JsonValueKind.Number).ToList();
            if (known.Count == 0)
                continue;
            var tally = new Tally { HasFamilies = false };
            foreach (var (state, values) in known)
            {
                if (TcpStates.TryParse(state, out var info))
                    tally.Add(info.State, (long)values[at].GetDouble(), 0);
            }

            points.Add(tally);
        }

        return points;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
