using System.Net;
using System.Net.Sockets;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Lab;

namespace TcpLens.KernelTests.Sources;

/// <summary>Opens and closes connections over loopback inside a lab's namespace, as fast as its threads can, until it is disposed.</summary>
internal sealed class Churn : IDisposable
{
    private readonly Thread[] _threads;
    private volatile bool _stop;
    private int _connections;

    private Churn(int threads) => _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Run) { IsBackground = true })];

    public int Connections => Volatile.Read(ref _connections);

    public static Churn In(StateLab lab, int threads = 1)
    {
        var churn = new Churn(threads);
        lab.Run(() =>
        {
            FreshNamespace.Command("ip", "link", "set", "lo", "up");
            Array.ForEach(churn._threads, thread => thread.Start());
        });
        while (churn.Connections == 0 && churn._threads[0].IsAlive)
            Thread.Sleep(1);
        return churn;
    }

    public void Dispose()
    {
        _stop = true;
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Run()
    {
        // Blocking calls only: an asynchronous one would finish on a thread of another namespace.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(16);
        while (!_stop)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(listener.LocalEndPoint!);
            using var server = listener.Accept();
            // Half of them end in TIME_WAIT, half vanish at once.
            client.LingerState = new LingerOption(_connections % 2 == 0, 0);
            Interlocked.Increment(ref _connections);
        }
    }
}
