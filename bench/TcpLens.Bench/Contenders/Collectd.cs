using System.Globalization;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary>
/// collectd with its tcpconns plugin summing all ports, every second, into CSV files. It reads by its own clock, so only its processor
/// time per reading can be told. Between its turns it is stopped, to leave the others alone.
/// </summary>
public sealed class Collectd(Workshop workshop) : Contender
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private Service? _daemon;

    public override string Id => "collectd";

    private string Data => Path.Combine(workshop.Scratch, "collectd");

    public override string? Version() => workshop.Peer("usr/sbin/collectd") is null
        ? null
        : Workshop.OutputOf("dpkg-deb", "-f", Directory.GetFiles(Path.Combine(workshop.Peers, "packages"), "collectd-core_*.deb")[0], "Version");

    public override void Start()
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
        _daemon = new(workshop, Id, workshop.Peer("usr/sbin/collectd")!, "-f", "-C", configuration);
        Await(Rows());
        _daemon.Stop();
    }

    public override Outcome Read()
    {
        var before = Rows();
        double cpu = _daemon!.CpuMs();
        _daemon.Continue();
        Await(before);
        _daemon.Stop();
        cpu = _daemon.CpuMs() - cpu;
        var tally = new Tally { HasFamilies = false };
        foreach (string file in Files())
        {
            // tcp_connections-CLOSE_WAIT-2026-11-22: "epoch,value"
            string state = Path.GetFileName(file).Split('-')[1];
            string value = File.ReadLines(file).Last().Split(',')[1];
            if (TcpStates.TryParse(state == "CLOSED" ? "CLOSE" : state, out var info))
                tally.Add(info.State, (long)double.Parse(value, CultureInfo.InvariantCulture), 0);
        }

        return new(tally) { CpuMs = cpu, RssKib = _daemon.PeakRssKib() };
    }

    protected override void Dispose(bool disposing)
    {
        _daemon?.Continue();
        _daemon?.Dispose();
        base.Dispose(disposing);
    }

    private string[] Files()
    {
        string directory = Path.Combine(Data, "bench", "tcpconns-all");
        return Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
    }

    private Dictionary<string, long> Rows() => Files().ToDictionary(file => file, file => new FileInfo(file).Length, StringComparer.Ordinal);

    // A reading is over when each of the eleven files has a new row.
    private void Await(Dictionary<string, long> before)
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
}
