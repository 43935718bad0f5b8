using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Contenders;

/// <summary>
/// zabbix_agentd, or zabbix_agent2, asked for its eleven items <c>net.tcp.socket.count[,,,,STATE]</c> one after the other, as a server does. Each item is a
/// connection of its own, whose two ends on loopback the agent counts.
/// </summary>
/// <param name="workshop">Where the packages lie.</param>
/// <param name="isSecond">Whether it is agent 2.</param>
public sealed class ZabbixAgent(Workshop workshop, bool isSecond = false) : Contender
{
    private const int Port = 7001;
    private static readonly string s_pidFile = Path.Combine(Path.GetTempPath(), "tcplens-bench-zabbix.pid");
    private Service? _agent;

    public override string Id => isSecond ? "zabbix-agent2" : "zabbix-agentd";

    public override int OwnConnections => 2;

    public override IReadOnlyList<int> Ports => [Port];

    private string Program => isSecond ? "zabbix_agent2" : "zabbix_agentd";

    public override string? Version() => workshop.PackageVersion(isSecond ? "zabbix-agent2" : "zabbix-agent", $"usr/sbin/{Program}");

    // agentd runs as an unprivileged user, as with the package; /proc/net needs no more. Agent 2 stays who starts it.
    private string Own => isSecond
        ? $"ControlSocket={workshop.Scratch}/zabbix_agent2.control\nPluginSocket={workshop.Scratch}/zabbix_agent2.plugin"
        : "StartAgents=1\nUser=nobody";

    public override void Start()
    {
        string configuration = Path.Combine(workshop.Scratch, $"{Program}.conf");
        File.WriteAllText(configuration, $"""
            Server=127.0.0.1
            ListenIP=127.0.0.1
            ListenPort={Port}
            Hostname=bench
            Timeout=30
            LogType=console
            PidFile={s_pidFile}
            {Own}

            """);
        _agent = new(workshop, Id, workshop.Peer($"usr/sbin/{Program}")!, "-f", "-c", configuration);
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
        return long.TryParse(value, out long count) ? count : throw new InvalidDataException($"the agent of Zabbix: {value.Replace('\0', ' ')}");
    }
}
