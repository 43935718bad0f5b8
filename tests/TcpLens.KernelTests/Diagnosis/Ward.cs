using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Reading;
using Xunit;

namespace TcpLens.KernelTests.Diagnosis;

/// <summary>
/// A network namespace in which a condition is made with real sockets, and a diagnostician who looks at it. He is told the time: hours pass when
/// the test says so, and nothing waits for longer than the kernel itself takes.
/// </summary>
internal sealed class Ward : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private readonly StateLab _lab = StateLab.Create();
    private readonly HostReader _reader;
    private readonly Diagnostician _diagnostician;
    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly List<Socket> _sockets = [];
    private TimeSpan _passed;

    /// <summary>Makes an empty one.</summary>
    /// <param name="patience">Whole seconds that he waits at most before a condition is a finding; <see langword="null"/>: as long as the rules say.</param>
    public Ward(int? patience = 1)
    {
        _diagnostician = new Diagnostician(patience is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        _reader = _lab.Run(() => new HostReader(TimeProvider.System, SourceChoice.Netlink));
        _lab.Run(() => { FreshNamespace.Command("ip", "link", "set", "lo", "up"); });
        // The lab is furnished to keep states still; what a host has is what is judged here.
        Set("ipv4/tcp_syncookies", "1");
    }

    public StateLab Lab => _lab;

    /// <summary>From where on something is too much, instead of the shipped marks.</summary>
    public Thresholds Thresholds
    {
        init => _diagnostician.Thresholds = value;
    }

    /// <summary>Writes a setting of this namespace alone.</summary>
    public void Set(string setting, string value) => _lab.Run(() => File.WriteAllText("/proc/sys/net/" + setting, value));

    /// <summary>Time goes by, and nothing else happens.</summary>
    public void Pass(TimeSpan time) => _passed += time;

    public DetailedReading Read() => _lab.Run(() => _reader.ReadDetailed());

    public Health Look()
    {
        var reading = Read();
        _diagnostician.Idle = CountIdle();
        return _diagnostician.Next(reading, null, null, TimeProvider.System.GetUtcNow(), Stopwatch.GetElapsedTime(_begin) + _passed);
    }

    /// <summary>Which connections nobody speaks on.</summary>
    public IdleCensus CountIdle() => _lab.Run(() =>
    {
        var counting = new IdleCounting(_diagnostician.Thresholds.IdleAge);
        return counting.ToCensus(_reader.Stream(null, null, IdleCounting.States, _ => counting)[0].Pass)!;
    });

    /// <summary>Waits until so many connections are silent, neither more nor fewer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="meanwhile">Done before each look.</param>
    public void AwaitIdle(int count, Action meanwhile)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            meanwhile();
            var census = CountIdle();
            if (census.Idle == count)
                return;
            Assert.True(Stopwatch.GetElapsedTime(begin) < s_longest, $"{census.Idle} of {census.All} are silent");
            Thread.Sleep(100);
        }
    }

    /// <summary>Looks until the rule has found something, or fails with what was seen instead.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="meanwhile">Done before each look: what has to go on so that the condition lasts.</param>
    public Finding Await(string rule, Action? meanwhile = null)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            meanwhile?.Invoke();
            var health = Look();
            if (health.Open.FirstOrDefault(one => one.Finding.Rule == rule) is { } found)
                return found.Finding;
            Assert.True(Stopwatch.GetElapsedTime(begin) < s_longest, $"{rule} finds nothing: {health.Checks.First(check => check.Rule == rule).Told}");
            Thread.Sleep(100);
        }
    }

    /// <summary>Fails unless the finding goes when half a minute passes in which its condition is not there.</summary>
    public void AwaitEnd(string rule)
    {
        Look();
        Pass(TimeSpan.FromSeconds(20));
        Look();
        Pass(TimeSpan.FromSeconds(20));
        var health = Look();
        Assert.DoesNotContain(health.Open, one => one.Finding.Rule == rule);
        Assert.Contains(health.Closed, one => one.Finding.Rule == rule);
    }

    /// <summary>Fails when anything but these rules finds something in a look that is given time.</summary>
    public void AssertNothingBut(params string[] rules)
    {
        Look();
        Pass(TimeSpan.FromMinutes(2));
        Assert.Empty(Look().Open.Select(one => one.Finding.Rule).Except(rules, StringComparer.Ordinal));
    }

    public static double Of(Finding finding, string evidence) => finding.Evidence.First(one => one.Name == evidence).Value;

    public Socket NewSocket()
    {
        // A socket belongs for ever to the namespace in which it was made.
        var socket = _lab.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        _sockets.Add(socket);
        return socket;
    }

    public Socket Listen(int backlog, int port = 0)
    {
        var listener = NewSocket();
        listener.Bind(new IPEndPoint(IPAddress.Any, port));
        listener.Listen(backlog);
        return listener;
    }

    public Socket Connect(Socket listener)
    {
        var socket = NewSocket();
        socket.Connect(new IPEndPoint(IPAddress.Loopback, PortOf(listener)));
        return socket;
    }

    /// <summary>Begins to connect and does not wait for the end.</summary>
    public void Knock(EndPoint whom)
    {
        var socket = NewSocket();
        socket.Blocking = false;
        try
        {
            socket.Connect(whom);
        }
        catch (SocketException waiting) when (waiting.SocketErrorCode is SocketError.InProgress or SocketError.WouldBlock)
        {
            // It goes on without us.
        }
    }

    /// <summary>Connections over loopback, both ends.</summary>
    public (Socket Client, Socket Server)[] Converse(Socket listener, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (Connect(listener), Keep(listener.Accept())))];

    public static int PortOf(Socket listener) => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>The kernel drops every segment that comes for this socket, before it is acknowledged.</summary>
    public static void DropAll(Socket socket)
    {
        // <linux/filter.h>: one instruction, BPF_RET | BPF_K with 0; the program's length, padding, and where it is.
        const int SolSocket = 1, AttachFilter = 26;
        byte[] instruction = [0x06, 0, 0, 0, 0, 0, 0, 0];
        var place = GCHandle.Alloc(instruction, GCHandleType.Pinned);
        try
        {
            byte[] program = new byte[16];
            program[0] = 1;
            BitConverter.TryWriteBytes(program.AsSpan(8), place.AddrOfPinnedObject().ToInt64());
            socket.SetRawSocketOption(SolSocket, AttachFilter, program);
        }
        finally
        {
            place.Free();
        }
    }

    /// <summary>Ends it without leaving anything in the kernel.</summary>
    public static void Abort(Socket socket)
    {
        if (!socket.SafeHandle.IsClosed)
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public void EndSockets()
    {
        _sockets.ForEach(Abort);
        _sockets.Clear();
    }

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _reader.Dispose();
        _lab.Dispose();
    }

    private Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }
}
