using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TcpLens.Bench.Contenders;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Zabbix;

/// <summary>One way to ask one agent for the eleven numbers, one key after the other as a server does. The agent counts both ends of each connection.</summary>
public sealed class Poll(Agent agent, PollMethod method) : Contender
{
    private readonly List<string> _values = [];

    public override string Id => $"{method.Id}-{agent.Id}";

    public override int OwnConnections => 2;

    public override IReadOnlyList<int> Ports => [agent.Port];

    public override string? Version() => agent.Version();

    public override void Start() => agent.Start();

    public override Outcome Read()
    {
        _values.Clear();
        double cpu = agent.CpuMs();
        double slowest = 0;
        long start = Stopwatch.GetTimestamp();
        foreach (string key in Keys())
        {
            long asked = Stopwatch.GetTimestamp();
            _values.Add(agent.Ask(key));
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return Judge() with { WallMs = wall, CpuMs = agent.CpuMs() - cpu, SlowestMs = slowest };
    }

    protected override void Dispose(bool disposing)
    {
        agent.Dispose();
        base.Dispose(disposing);
    }

    private IEnumerable<string> Keys() => method.Id switch
    {
        "master" => ["tcplens.states"],
        "keys" => TcpStates.All.Select(info => info.Linux),
        "builtin" => TcpStates.All.Select(info => $"net.tcp.socket.count[,,,,{info.Linux.ToLowerInvariant()}]"),
        _ => TcpStates.All.Select(info => Agent.Recipe + info.Linux),
    };

    private Outcome Judge()
    {
        if (method.Id == "master")
        {
            using var said = JsonDocument.Parse(_values[0]);
            return new(StatesJson.Tally(said.RootElement));
        }

        var tally = new Tally { HasFamilies = false };
        int unusable = 0;
        foreach (var (info, value) in TcpStates.All.Zip(_values))
        {
            // netstat's warning is a part of the value: the count is its last line, but the server takes the whole or nothing.
            if (!IsNumber(value))
                unusable++;
            tally.Add(info.State, long.Parse(value.AsSpan().Trim()[(value.AsSpan().Trim().LastIndexOf('\n') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture), 0);
        }

        return new(tally) { Unusable = unusable };
    }

    private static bool IsNumber(string value) => ulong.TryParse(value.AsSpan().TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
