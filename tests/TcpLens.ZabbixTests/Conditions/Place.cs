using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TcpLens.Core.Model;
using TcpLens.Linux.Lab;
using Xunit;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>A host on which a condition is made: a network namespace that outlives its sockets, with real programs' sockets and unreal peers.</summary>
internal sealed class Place : IDisposable
{
    /// <summary>Where the host's only service listens, if it has one.</summary>
    public const int Port = 8080;

    // Three million requests take a gigabyte: no machine reads them in a second.
    private const int SlowDownSteps = 15;

    private readonly StateLab _lab = StateLab.Create();
    private readonly Process _process;
    private readonly List<Socket> _callers = [];
    private readonly List<Socket> _conversing = [];
    private Socket? _listener;
    private Flood? _flood;
    private Churn? _churn;

    public Place() => _process = _lab.Run(() => Process.Start(new ProcessStartInfo("sleep", ["900"]) { UseShellExecute = false })!);

    public int ProcessId => _process.Id;

    public void Hold(TcpState state, int count) => _lab.Hold(state, count);

    /// <summary>Does something in this namespace, such as starting a process.</summary>
    public void Run(Action action) => _lab.Run(action);

    /// <summary>Writes a setting of this namespace alone.</summary>
    public void Set(string setting, string value) => _lab.Run(() => File.WriteAllText("/proc/sys/net/" + setting, value));

    public void Command(string program, params string[] arguments) => _lab.Run(() =>
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    });

    public void Listen(int backlog)
    {
        _listener = _lab.Run(NewSocket);
        _listener.Bind(new IPEndPoint(IPAddress.Any, Port));
        _listener.Listen(backlog);
    }

    public void StopListening() => Close(ref _listener);

    /// <summary>Clients connect; nobody accepts them.</summary>
    public void Call(int clients)
    {
        for (int i = 0; i < clients; i++)
            _callers.Add(Caller());
    }

    /// <summary>The program wakes up: everybody is accepted and served, and nobody else comes.</summary>
    public void Accept()
    {
        StopFlood();
        foreach (var caller in _callers)
        {
            Abort(_listener!.Accept());
            Abort(caller);
        }

        _callers.Clear();
    }

    /// <summary>SYNs of clients that never answer, until the flood is stopped.</summary>
    public void Flood(int syns, int clients, TimeSpan pause) => _flood = _lab.Run(() => new Flood(Port, syns, clients, pause));

    public void StopFlood() => Close(ref _flood);

    /// <summary>Connections over loopback, of which both ends are on this host.</summary>
    public void Converse(int pairs)
    {
        if (_listener is null)
            Listen(backlog: 10);
        for (int i = 0; i < pairs; i++)
        {
            _conversing.Add(Caller());
            _conversing.Add(_listener!.Accept());
        }
    }

    public void StopConversing()
    {
        _conversing.ForEach(Abort);
        _conversing.Clear();
    }

    /// <summary>Connections come and go, as fast as one thread can.</summary>
    public void Churn() => _churn = new Churn(Caller, _listener!);

    public void StopChurn() => Close(ref _churn);

    /// <summary>So many half-open connections that a reading without netlink takes at least so long.</summary>
    public void SlowDown(TimeSpan wanted)
    {
        for (int step = 0; step < SlowDownSteps && ReadingTime() < wanted; step++)
            _lab.Hold(TcpState.SynRecv, 200_000);
    }

    /// <summary>Ends every socket; the agent sees an empty namespace then.</summary>
    public void EndSockets()
    {
        StopFlood();
        StopChurn();
        StopConversing();
        _callers.ForEach(Abort);
        _callers.Clear();
        StopListening();
        _lab.Dispose();
    }

    public void Dispose()
    {
        EndSockets();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static void Abort(Socket socket)
    {
        // No TIME_WAIT stays behind: it is a condition of its own.
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    private static void Close<T>(ref T? held) where T : class, IDisposable
    {
        held?.Dispose();
        held = null;
    }

    private TimeSpan ReadingTime()
    {
        string[] command = [$"--net={_lab.NamespacePath}", ZabbixServer.Binary, "zabbix", "get", "tcplens.states"];
        string text = DeniedNetlink.Run(() => Outcome.Of(TimeSpan.FromMinutes(1), new Dictionary<string, string>(StringComparer.Ordinal), "nsenter", command).Good());
        return TimeSpan.FromSeconds(JsonDocument.Parse(text).RootElement.GetProperty("duration_seconds").GetDouble());
    }

    // A socket belongs for ever to the namespace in which it was made.
    private Socket Caller()
    {
        var socket = _lab.Run(NewSocket);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, Port));
        return socket;
    }
}
