using System.Buffers.Binary;
using System.Text;
using TcpLens.Bench.Contenders;
using TcpLens.Core.Model;

namespace TcpLens.Bench.Zabbix;

/// <summary>
/// A real Zabbix agent, started as one user, that answers all the keys which are compared. It and everything it starts live in a control group
/// of their own, whose processor time is exact. Needs root.
/// </summary>
public sealed class Agent(Workshop workshop, string version, string kind, string user, int port) : IDisposable
{
    public const string Recipe = "recipe.";
    private const string Root = "root";
    private const int NobodyId = 65534;

    private readonly ControlGroup _group = new($"tcplens-bench-{port}");
    private Service? _service;

    /// <summary>Version and kind; who asks an agent says as whom it runs.</summary>
    public string Id { get; } = $"{version}-{kind}";

    public int Port => port;

    private string PackageRoot => workshop.Of("artifacts", "zabbix", version, "root");

    private string Program => kind == "agent2" ? "zabbix_agent2" : "zabbix_agentd";

    /// <summary>The version that the agent's package names, or null when it is not unpacked.</summary>
    public string? Version()
    {
        string notes = Path.Combine(PackageRoot, "usr", "share", "doc", kind == "agent2" ? "zabbix-agent2" : "zabbix-agent");
        return Directory.Exists(notes) && File.Exists(Path.Combine(PackageRoot, "usr", "sbin", Program))
            ? Workshop.OutputOf("sh", "-c", $"zcat '{notes}'/changelog.Debian.gz | sed -n '1s/.*(\\(.*\\)).*/\\1/p'")
            : null;
    }

    /// <summary>Starts the agent; nothing when it runs already.</summary>
    public void Start()
    {
        if (_service is not null)
            return;
        string configuration = Path.Combine(workshop.Scratch, $"zabbix-{Id}-{user}.conf");
        File.WriteAllText(configuration, Configuration());
        string id = user == Root ? "0" : $"{NobodyId}";
        _group.Create();
        _service = new(workshop, $"zabbix-{Id}-{user}", workshop.Of("bench", "zabbix-agent"), _group.Directory, PackageRoot, workshop.TcpLens, id, configuration, Program);
        PoliteClient.Await(port);
        Ask("agent.ping");
    }

    /// <summary>What the agent answers to the key, by the passive protocol: "ZBXD", flag 1, length of the data (4 + 4 bytes, little endian), data.</summary>
    public string Ask(string key)
    {
        byte[] data = Encoding.ASCII.GetBytes(key);
        byte[] request = [.. "ZBXD\x01"u8, .. new byte[8], .. data];
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(5), data.Length);
        byte[] answer = PoliteClient.Ask(port, request);
        string value = Encoding.UTF8.GetString(answer.AsSpan(Math.Min(13, answer.Length)));
        return value.StartsWith("ZBX_NOTSUPPORTED", StringComparison.Ordinal)
            ? throw new InvalidDataException($"{Program} {version}: {key}: {value["ZBX_NOTSUPPORTED".Length..].TrimStart('\0')}")
            : value;
    }

    /// <summary>Processor time so far of the agent, its workers, and everything that they started.</summary>
    public double CpuMs() => _group.CpuMs();

    /// <summary>Stops the agent; nothing when another of those who share it has done so.</summary>
    public void Dispose()
    {
        _service?.Dispose();
        _service = null;
        _group.Dispose();
    }

    // The longest time limit there is: a key that needs more than the default of 3 seconds shall be measured, not cut off.
    private string Configuration()
    {
        var lines = new StringBuilder($"""
            Server=127.0.0.1
            ListenIP=127.0.0.1
            ListenPort={port}
            Hostname=bench
            Timeout=30
            LogType=console
            PidFile=/mnt/run/agent.pid

            """);
        lines.Append(kind == "agent2"
            ? "ControlSocket=/mnt/run/control\nPluginSocket=/mnt/run/plugin\n"
            : $"StartAgents=1\nUser={(user == Root ? Root : "nobody")}\nAllowRoot={(user == Root ? 1 : 0)}\n");
        foreach (var info in TcpStates.All)
        {
            lines.Append($"UserParameter={Recipe}{info.Linux},netstat -ntup |grep {info.Linux} -c\n");
            lines.Append($"UserParameter={info.Linux},/mnt/tcplens zabbix get {info.Linux}\n");
        }

        return lines.Append("UserParameter=tcplens.states,/mnt/tcplens zabbix get tcplens.states\n").ToString();
    }
}
