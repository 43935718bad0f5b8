using System.Diagnostics;
using TcpLens.Core.Model;
using TcpLens.Linux.Lab;

namespace TcpLens.ZabbixTests;

/// <summary>A host for an agent to look at: a lab that holds a known number of sockets in every state, and a process in it.</summary>
internal sealed class Site : IDisposable
{
    private readonly StateLab _lab = StateLab.Create();
    private readonly Process _process;

    public Site()
    {
        foreach (var (index, info) in TcpStates.All.Index())
            _lab.Hold(info.State, 3 + index);
        _process = _lab.Run(() => Process.Start(new ProcessStartInfo("sleep", ["900"]) { UseShellExecute = false })!);
    }

    public int ProcessId => _process.Id;

    /// <summary>What the lab holds in a state; the agent adds its own listener, the poll that asks and TIME_WAIT of polls before.</summary>
    public long this[TcpState state] => _lab.Expected[state]!.Value.Total;

    /// <summary>Sockets in TIME_WAIT that polls of the agent at <paramref name="port"/> left behind.</summary>
    public long PollsInTimeWait(int port) =>
        Outcome.Of(TimeSpan.FromSeconds(10), new Dictionary<string, string>(StringComparer.Ordinal), "nsenter", $"--net={_lab.NamespacePath}", "ss", "-Htan", "state", "time-wait", $"( sport = :{port} )")
            .Good().Count(c => c == '\n');

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _lab.Dispose();
    }
}
