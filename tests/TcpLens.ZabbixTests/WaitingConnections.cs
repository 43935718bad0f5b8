using System.Net;
using System.Net.Sockets;
using TcpLens.Core.Model;

namespace TcpLens.ZabbixTests;

/// <summary>Listeners whose accept queues hold a known number of connections that nobody takes. Made, and used, on a thread of the namespace.</summary>
internal sealed class WaitingConnections : IDisposable
{
    /// <summary>Calls of <see cref="MakeEvents"/> that find an accept queue full.</summary>
    public const int Overflows = 7;

    /// <summary>Calls that it makes to a port at which nobody listens.</summary>
    public const int Refusals = 5;

    // Ports below those of the lab.
    private const int FullPort = 902;
    private const int ClosedPort = 999;

    private static readonly IPAddress s_host = IPAddress.Parse("10.0.0.1");

    private readonly List<Socket> _listeners = [];
    private readonly List<Socket> _clients = [];
    private readonly List<KnownPort> _ports = [];

    public WaitingConnections()
    {
        Listen(IPAddress.Any, 901, limit: 8, waiting: 5);
        // The kernel takes one more than the limit.
        Listen(s_host, FullPort, limit: 1, waiting: 2);
        Listen(IPAddress.Loopback, 903, limit: 16, waiting: 0);
        Listen(IPAddress.Loopback, 0, limit: 32, waiting: 1);
    }

    public IReadOnlyList<KnownPort> Ports => _ports;

    /// <summary>How many sockets of a state this is; a waiting connection has two ends.</summary>
    public int this[TcpState state] => state switch
    {
        TcpState.Listen => _listeners.Count,
        TcpState.Established => 2 * _clients.Count,
        _ => 0,
    };

    /// <summary>Calls a full queue, and a port at which nobody listens; each call is given up before its SYN is repeated.</summary>
    public static void MakeEvents()
    {
        for (int i = 0; i < Overflows; i++)
        {
            using var caller = New();
            caller.Blocking = false;
            Assert(Try(caller, new IPEndPoint(s_host, FullPort)), SocketError.WouldBlock, SocketError.InProgress);
        }

        for (int i = 0; i < Refusals; i++)
        {
            using var caller = New();
            Assert(Try(caller, new IPEndPoint(s_host, ClosedPort)), SocketError.ConnectionRefused);
        }
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _listeners.ForEach(listener => listener.Dispose());
    }

    private void Listen(IPAddress address, int port, int limit, int waiting)
    {
        var listener = New();
        _listeners.Add(listener);
        listener.Bind(new IPEndPoint(address, port));
        listener.Listen(limit);
        var place = (IPEndPoint)listener.LocalEndPoint!;
        for (int i = 0; i < waiting; i++)
        {
            var client = New();
            _clients.Add(client);
            client.Connect(address.Equals(IPAddress.Any) ? IPAddress.Loopback : address, place.Port);
        }

        string scope = address.Equals(IPAddress.Any) ? "any" : IPAddress.IsLoopback(address) ? "loopback" : "address";
        _ports.Add(new KnownPort(place.Port, scope, port == 0, limit, waiting));
    }

    private static Socket New() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static SocketError Try(Socket caller, IPEndPoint place)
    {
        try
        {
            caller.Connect(place);
            return SocketError.Success;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode;
        }
    }

    private static void Assert(SocketError found, params SocketError[] wanted) => Xunit.Assert.Contains(found, wanted);
}
