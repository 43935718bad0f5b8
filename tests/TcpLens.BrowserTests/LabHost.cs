using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TcpLens.Core.Model;
using TcpLens.Linux.Lab;

namespace TcpLens.BrowserTests;

/// <summary>
/// A host whose sockets are known: a lab with another number in each state and family, none of them on 127.0.0.1. There are the monitor and the
/// browser, whose own sockets <c>ss</c> counts.
/// </summary>
internal sealed class LabHost : IDisposable
{
    public LabHost()
    {
        foreach (var (index, info) in TcpStates.All.Index())
        {
            Lab.Hold(info.State, 5 + (3 * index));
            Lab.Hold(info.State, 2, LabFamily.IPv6);
            Lab.Hold(info.State, 1, LabFamily.V4Mapped);
        }
    }

    public StateLab Lab { get; } = StateLab.Create();

    /// <summary>How many there must be now, by name of the state: what the lab holds and what the programs on 127.0.0.1 have.</summary>
    public SortedDictionary<string, string> Expected()
    {
        string[] own = [.. OnLoopback()];
        return new(TcpStates.All.ToDictionary(info => info.Name, info => $"{Lab.Expected[info.State]!.Value.Total + own.Count(state => string.Equals(state, info.Ss, StringComparison.Ordinal))}", StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>What the lab holds in a state.</summary>
    public long this[TcpState state] => Lab.Expected[state]!.Value.Total;

    /// <summary>Sockets that listen on 127.0.0.1 until they are disposed.</summary>
    public IDisposable Listen(int count) => new Together(Enumerable.Range(0, count).Select(_ => Lab.Run(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    })));

    /// <summary>A listener on 127.0.0.1 that accepts nobody, with so many clients that wait.</summary>
    public (int Port, IDisposable End) ListenWithoutAccepting(int backlog, int clients) => Lab.Run(() =>
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        var address = (IPEndPoint)listener.LocalEndPoint!;
        var waiting = Enumerable.Range(0, clients).Select(_ => Connect(address)).ToArray();
        return (address.Port, (IDisposable)new Together([listener, .. waiting]));
    });

    /// <summary>A server on 127.0.0.1 to which so many connections are open, and so many ended in TIME_WAIT at the caller.</summary>
    public (int Port, IDisposable End) Call(int open, int ended) => Lab.Run(() =>
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        var address = (IPEndPoint)listener.LocalEndPoint!;
        for (int i = 0; i < ended; i++)
        {
            var caller = Connect(address);
            using var called = listener.Accept();
            caller.Close();
            // The end of the caller has come: only then is it he who waits.
            called.Receive(new byte[1]);
        }

        var calls = Enumerable.Range(0, open).Select(_ => Connect(address)).ToArray();
        return (address.Port, (IDisposable)new Together([listener, .. calls]));
    });

    /// <summary>Sets a setting of the lab's namespace until it is disposed.</summary>
    public IDisposable Set(string setting, string value)
    {
        string path = "/proc/sys/net/ipv4/" + setting;
        string before = Lab.Run(() => File.ReadAllText(path));
        Lab.Run(() => File.WriteAllText(path, value));
        return new Undo(() => Lab.Run(() => File.WriteAllText(path, before)));
    }

    public void Dispose() => Lab.Dispose();

    private static Socket Connect(IPEndPoint address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(address);
        return socket;
    }

    private IEnumerable<string> OnLoopback()
    {
        var start = new ProcessStartInfo("ss", ["-Htan"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var ss = Lab.Run(() => Process.Start(start)!);
        string output = ss.StandardOutput.ReadToEnd();
        ss.WaitForExit();
        return from line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
               let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where words[3].StartsWith("127.0.0.1:", StringComparison.Ordinal)
               select words[0];
    }

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }

    private sealed class Together(IEnumerable<IDisposable> parts) : IDisposable
    {
        private readonly IDisposable[] _parts = [.. parts];

        public void Dispose()
        {
            foreach (var part in _parts)
                part.Dispose();
        }
    }
}
