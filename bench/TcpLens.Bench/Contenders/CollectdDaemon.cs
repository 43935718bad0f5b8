using System.Globalization;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary>collectd with its tcpconns plugin summing all ports, every second, into CSV files: one per state.</summary>
public sealed class CollectdDaemon(Workshop workshop) : IDisposable
{
    public const string Id = "collectd";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    /// <summary>The running program. Only after <see cref="Start"/>.</summary>
    public Service Service => _service ?? throw new InvalidOperationException("collectd is not started");

    private Service? _service;

    private string Data => Path.Combine(workshop.Scratch, Id);

    public string? Version() => workshop.PackageVersion("collectd-core", "usr/sbin/collectd");

    /// <summary>Starts it and waits for its first reading.</summary>
    public void Start()
    {
        if (Directory.Exists(Data))
            Directory.Delete(Data, true);
        string configuration = Path.Combine(workshop.Scratch, "collectd.conf");
        File.WriteAllText(configuration, $"""
            Hostname "bench"
            FQDNLookup false
            BaseDir "{workshop.Scratch}"
            PIDFile "{workshop.Scratch}/collectd.pid"
            PluginDir "{workshop.Peers}/usr/lib/collectd"
            TypesDB "{workshop.Peers}/usr/share/collectd/types.db"
            Interval 1
            ReadThreads 1
            WriteThreads 1
            LoadPlugin tcpconns
            LoadPlugin csv
            <Plugin tcpconns>
                ListeningPorts false
                AllPortsSummary true
            </Plugin>
            <Plugin csv>
                DataDir "{Data}"
            </Plugin>

            """);
        _service = new(workshop, Id, workshop.Peer("usr/sbin/collectd")!, "-f", "-C", configuration);
        Await(Rows());
    }

    /// <summary>The rows so far: lengths of the files by their names.</summary>
    public IReadOnlyDictionary<string, long> Rows() => Files().ToDictionary(file => file, file => new FileInfo(file).Length, StringComparer.Ordinal);

    /// <summary>Waits for a reading after <paramref name="before"/>: it is over when each of the eleven files has a new row.</summary>
    public void Await(IReadOnlyDictionary<string, long> before)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(5))
        {
            if (Rows().Count(row => row.Value > before.GetValueOrDefault(row.Key)) == TcpStates.All.Length)
                return;
            if (waited > s_patience)
                throw new TimeoutException("collectd wrote nothing");
            Thread.Sleep(5);
        }
    }

    /// <summary>The newest row of each state.</summary>
    public Tally Newest()
    {
        var tally = new Tally { HasFamilies = false };
        foreach (string file in Files())
        {
            // tcp_connections-CLOSE_WAIT-2026-11-22: "epoch,value"
            string state = Path.GetFileName(file).Split('-')[1];
            string value = File.ReadLines(file).Last().Split(',')[1];
            if (TcpStates.TryParse(state == "CLOSED" ? "CLOSE" : state, out var info))
                tally.Add(info.State, (long)double.Parse(value, CultureInfo.InvariantCulture), 0);
        }

        return tally;
    }

    /// <summary>How many readings have a time stamp in that time.</summary>
    public int Readings(DateTimeOffset from, DateTimeOffset to) => File.ReadLines(Files()[0])
        .Select(line => double.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out double epoch) ? epoch * 1000 : -1)
        .Count(at => at >= from.ToUnixTimeMilliseconds() && at < to.ToUnixTimeMilliseconds());

    public void Dispose() => _service?.Dispose();

    private string[] Files()
    {
        string directory = Path.Combine(Data, "bench", "tcpconns-all");
        return Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
    }
}
