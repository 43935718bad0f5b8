using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary>
/// zabbix_agentd, asked for its eleven items <c>net.tcp.socket.count[,,,,STATE]</c> one after the other, as a server does. Each item is a
/// connection of its own, whose two ends on loopback the agent counts.
/// </summary>
public sealed class ZabbixAgent(Workshop workshop) : Contender
{
    private const int Port = 7001;
    private static readonly string s_pidFile = Path.Combine(Path.GetTempPath(), "tcplens-bench-zabbix.pid");
    private Service? _agent;

    public override string Id => "zabbix-agentd";

    public override int OwnConnections => 2;

    public override IReadOnlyList<int> Ports => [Port];

    public override string? Version() => workshop.Peer("usr/sbin/zabbix_agentd") is null
        ? null
        : Workshop.OutputOf("dpkg-deb", "-f", Directory.GetFiles(Path.Combine(workshop.Peers, "packages"), "zabbix-agent_*.deb")[0], "Version");

    public override void Start()
    {
        string configuration = Path.Combine(workshop.Scratch, "zabbix_agentd.conf");
        // An unprivileged user, as with the package; /proc/net needs no more.
        File.WriteAllText(configuration, $"""
            Server=127.0.0.1
            ListenIP=127.0.0.1
            ListenPort={Port}
            StartAgents=1
            User=nobody
            Timeout=30
            LogType=console
            PidFile={s_pidFile}

            """);
        _agent = new(workshop, Id, workshop.Peer("usr/sbin/zabbix_agentd")!, "-f", "-c", configuration);
        PoliteClient.Await(Port);
        Ask(TcpState.Listen);
    }

    public override Outcome Read()
    {
        var tally = new Tally { HasFamilies = false };
        double cpu = _agent!.CpuMs();
        long start = Stopwatch.GetTimestamp();
        foreach (var info in TcpStates.All)
            tally.Add(info.State, Ask(info.State), 0);
        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new(tally) { WallMs = wall, CpuMs = _agent.CpuMs() - cpu, RssKib = _agent.PeakRssKib() };
    }

    protected override void Dispose(bool disposing)
    {
        _agent?.Dispose();
        base.Dispose(disposing);
    }

    // The passive protocol: "ZBXD", flag 1, length of the data (4 + 4 bytes, little endian), data.
    private static long Ask(TcpState state)
    {
        byte[] key = Encoding.ASCII.GetBytes($"net.tcp.socket.count[,,,,{state.Info().Linux.ToLowerInvariant()}]");
        byte[] request = [.. "ZBXD\x01"u8, .. new byte[8], .. key];
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(5), key.Length);
        byte[] answer = PoliteClient.Ask(Port, request);
        string value = Encoding.UTF8.GetString(answer.AsSpan(Math.Min(13, answer.Length)));
        return long.TryParse(value, out long count) ? count : throw new InvalidDataException($"zabbix_agentd: {value.Replace('\0', ' ')}");
    }
}
