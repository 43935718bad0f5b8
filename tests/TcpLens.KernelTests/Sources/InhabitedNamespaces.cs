using System.Net;
using System.Net.Sockets;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Namespaces;

namespace TcpLens.KernelTests.Sources;

/// <summary>Named network namespaces with sockets in each, no two with the same numbers.</summary>
internal sealed class InhabitedNamespaces : IDisposable
{
    private static readonly TcpState[] s_states = [TcpState.Listen, TcpState.Established, TcpState.CloseWait, TcpState.FinWait2];

    private readonly NamedNamespaces _namespaces;
    private readonly List<Socket> _sockets = [];

    public InhabitedNamespaces(int count)
    {
        _namespaces = new NamedNamespaces(count);
        int number = 0;
        foreach (var one in NamespaceScanner.Scan().Namespaces.Where(one => _namespaces.Names.Contains(one.Name, StringComparer.Ordinal)))
        {
            int connections = ++number, closed = number % 7;
            NamespaceEntry.Run(one, () => Inhabit(connections, closed));
            Expected.Add(one.Id, $"1 {2 * (connections - Math.Min(closed, connections))} {Math.Min(closed, connections)} {Math.Min(closed, connections)}");
        }
    }

    public IReadOnlyList<string> Names => _namespaces.Names;

    /// <summary>By inode, as <see cref="Told"/> tells them.</summary>
    public Dictionary<ulong, string> Expected { get; } = [];

    public static string Told(NamespaceReading reading) => string.Join(' ', s_states.Select(state => reading.Reading!.Counts[state]!.Value.Total));

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _namespaces.Dispose();
    }

    private bool Inhabit(int connections, int closed)
    {
        FreshNamespace.Command("ip", "link", "set", "lo", "up");
        var listener = Open();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(16);
        for (int i = 0; i < connections; i++)
        {
            var client = Open();
            client.Connect(listener.LocalEndPoint!);
            _sockets.Add(listener.Accept());
            // The accepted end stays in CLOSE_WAIT, this one in FIN_WAIT2.
            if (i < closed)
                client.Shutdown(SocketShutdown.Send);
        }

        // And one that holds a port alone.
        Open().Bind(new IPEndPoint(IPAddress.Loopback, 0));

        return true;
    }

    private Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(socket);
        return socket;
    }
}
