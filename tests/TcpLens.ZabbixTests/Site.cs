using System.Diagnostics;
using TcpLens.Core.Model;
using TcpLens.Linux.Lab;

namespace TcpLens.ZabbixTests;

/// <summary>
/// A host for an agent to look at: a lab that holds a known number of sockets in every state and family, listeners whose queues are known, and
/// a process in it.
/// </summary>
internal sealed class Site : IDisposable
{
    // Numbers that no kernel has by itself: a limit that comes from anywhere else than this namespace is then a wrong one.
    private static readonly (string Name, string Value)[] s_settings =
    [
        ("net/ipv4/tcp_max_tw_buckets", "1000"), ("net/ipv4/tcp_fin_timeout", "59"), ("net/ipv4/tcp_max_syn_backlog", "500000"),
        ("net/core/somaxconn", "400000"), ("net/ipv4/ip_local_reserved_ports", "50000-50009,60000"),
    ];

    private readonly StateLab _lab = StateLab.Create();
    private readonly WaitingConnections _waiting;
    private readonly Process _process;

    public Site()
    {
        _lab.Run(() =>
        {
            foreach (var (name, value) in s_settings)
                File.WriteAllText("/proc/sys/" + name, value);
        });
        foreach (var (index, info) in TcpStates.All.Index())
        {
            _lab.Hold(info.State, 3 + index);
            _lab.Hold(info.State, 2, LabFamily.IPv6);
            _lab.Hold(info.State, 1, LabFamily.V4Mapped);
        }

        _lab.HoldReusePortListeners(3);
        // Enough to be seen among the thousands of a backlog.
        _lab.Hold(TcpState.SynRecv, 120);
        _waiting = _lab.Run(() => new WaitingConnections());
        _process = _lab.Run(() => Process.Start(new ProcessStartInfo("sleep", ["900"]) { UseShellExecute = false })!);
    }

    public int ProcessId => _process.Id;

    /// <summary>The number of the namespace, as <c>/proc/PID/ns/net</c> names it.</summary>
    public string Inode => new FileInfo($"/proc/{ProcessId}/ns/net").LinkTarget!["net:[".Length..^1];

    /// <summary>Listening ports whose queues are known beforehand.</summary>
    public IReadOnlyList<KnownPort> KnownPorts => _waiting.Ports;

    /// <summary>Sockets in FIN_WAIT2 that no process holds.</summary>
    public long OrphanFinWait2 => _lab.Expected.OrphanFinWait2;

    /// <summary>Sockets that are closed but not yet gone: the machine counts them as orphans.</summary>
    public long Orphans => _lab.Expected[TcpState.FinWait1]!.Value.Total + _lab.Expected[TcpState.Closing]!.Value.Total + _lab.Expected[TcpState.LastAck]!.Value.Total;

    /// <summary>IPv4 connections from the lab's host to the one server that it calls: each has an ephemeral port.</summary>
    public long CallsToServer => TcpStates.All
        .Where(info => info.State is not (TcpState.Listen or TcpState.Close or TcpState.SynRecv))
        .Sum(info => _lab.Expected[info.State]!.Value is var held ? held.Ipv4 + held.V4Mapped : 0);

    /// <summary>What the site holds in a state; the agent adds its own listener, the poll that asks and TIME_WAIT of polls before.</summary>
    public long this[TcpState state] => Held(state).Total;

    /// <summary>The same by family.</summary>
    public StateCount Held(TcpState state) => _lab.Expected[state]!.Value + new StateCount(_waiting[state], 0, 0);

    /// <summary>Adds closed sockets in FIN_WAIT2, which the kernel ends after less than a minute.</summary>
    public void HoldOrphanFinWait2(int count) => _lab.HoldOrphanFinWait2(count);

    /// <summary>Makes a known number of events that the kernel counts.</summary>
    public void MakeEvents() => _lab.Run(WaitingConnections.MakeEvents);

    /// <summary>A setting of the namespace; <see langword="null"/> where the namespace does not have it.</summary>
    public string? Setting(string name) => _lab.Run(() => File.Exists("/proc/sys/" + name) ? File.ReadAllText("/proc/sys/" + name).TrimEnd('\n') : null);

    /// <summary>What the kernel shows of the namespace now, read without TcpLens.</summary>
    public Snapshot Look() => new(KernelNumbers.Of(ProcessId), SeenSocket.Parse(Enter("ss", "-Htan")));

    /// <summary>Does something on a thread of the namespace.</summary>
    public T Run<T>(Func<T> work) => _lab.Run(work);

    /// <summary>What a program prints that runs in the namespace.</summary>
    public string Enter(string program, params IEnumerable<string> arguments) =>
        TryEnter(program, arguments).Good();

    /// <summary>The same, with whatever comes of it.</summary>
    public Outcome TryEnter(string program, params IEnumerable<string> arguments) =>
        Outcome.Of(TimeSpan.FromSeconds(30), new Dictionary<string, string>(StringComparer.Ordinal), "nsenter", [$"--net={_lab.NamespacePath}", program, .. arguments]);

    /// <summary>Sockets in TIME_WAIT that polls of the agent at <paramref name="port"/> left behind.</summary>
    public long PollsInTimeWait(int port) => Enter("ss", "-Htan", "state", "time-wait", $"( sport = :{port} )").Count(c => c == '\n');

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _waiting.Dispose();
        _lab.Dispose();
    }
}
