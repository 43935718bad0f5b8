using System.Net.Sockets;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>Connections to a listener that are opened and aborted one after the other, until it is disposed.</summary>
internal sealed class Churn : IDisposable
{
    private readonly Func<Socket> _connect;
    private readonly Socket _listener;
    private readonly Thread _thread;
    private volatile bool _stop;

    public Churn(Func<Socket> connect, Socket listener)
    {
        _connect = connect;
        _listener = listener;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }

    private void Run()
    {
        var abort = new LingerOption(enable: true, seconds: 0);
        while (!_stop)
        {
            using var client = _connect();
            using var server = _listener.Accept();
            client.LingerState = abort;
        }
    }
}
