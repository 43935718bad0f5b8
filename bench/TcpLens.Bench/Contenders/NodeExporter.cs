using System.Diagnostics;
using System.Globalization;
using System.Text;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary>Prometheus node_exporter with its tcpstat collector alone: one scrape. The connection of the scrape is in its counts.</summary>
public sealed class NodeExporter(Workshop workshop) : Contender
{
    private const int Port = 7002;
    private const string Prefix = "node_tcp_connection_states{state=\"";
    private Service? _exporter;

    public override string Id => "node-exporter";

    public override int OwnConnections => 2;

    public override IReadOnlyList<int> Ports => [Port];

    public override string? Version() => workshop.Peer("usr/bin/prometheus-node-exporter") is { } program
        ? Workshop.OutputOf(program, "--version")?.Split('(')[0].Replace("node_exporter, version", "", StringComparison.Ordinal).Trim()
        : null;

    public override void Start()
    {
        _exporter = new(workshop, Id, workshop.Peer("usr/bin/prometheus-node-exporter")!, "--collector.disable-defaults", "--collector.tcpstat",
            "--web.disable-exporter-metrics", $"--web.listen-address=127.0.0.1:{Port}");
        PoliteClient.Await(Port);
        Scrape();
    }

    public override Outcome Read()
    {
        double cpu = _exporter!.CpuMs();
        long start = Stopwatch.GetTimestamp();
        string text = Scrape();
        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var tally = new Tally { HasFamilies = false };
        foreach (string line in text.Split('\n').Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            // States at zero are missing, and two pseudo-states count bytes.
            string[] parts = line[Prefix.Length..].Split("\"} ");
            if (TcpStates.TryParse(parts[0], out var info))
                tally.Add(info.State, (long)double.Parse(parts[1], CultureInfo.InvariantCulture), 0);
        }

        return new(tally) { WallMs = wall, CpuMs = _exporter.CpuMs() - cpu, RssKib = _exporter.PeakRssKib() };
    }

    protected override void Dispose(bool disposing)
    {
        _exporter?.Dispose();
        base.Dispose(disposing);
    }

    private static string Scrape() => Encoding.UTF8.GetString(PoliteClient.Ask(Port, "GET /metrics HTTP/1.0\r\n\r\n"u8));
}
