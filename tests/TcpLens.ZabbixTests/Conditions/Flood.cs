using System.Net;
using System.Net.Sockets;
using TcpLens.Core.Model;
using TcpLens.Linux.Lab;

namespace TcpLens.ZabbixTests.Conditions;

/// <summary>
/// SYNs from addresses at which nobody answers, sent until it is disposed. They are put on the wire inside the namespace; what the kernel
/// answers goes out by the lab's link, where nobody reads it.
/// </summary>
internal sealed class Flood : IDisposable
{
    private readonly TcpEndpoint _target;
    private readonly int _syns;
    private readonly int _clients;
    private readonly TimeSpan _pause;
    private readonly Socket _raw = new(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Raw);
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    /// <summary>Called on the namespace's thread: every <paramref name="pause"/> the next <paramref name="syns"/> of so many clients knock.</summary>
    public Flood(int port, int syns, int clients, TimeSpan pause)
    {
        _target = new TcpEndpoint(AddressPlan.Host(ipv6: false), (ushort)port);
        _syns = syns;
        _clients = clients;
        _pause = pause;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _raw.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        var wire = new IPEndPoint(IPAddress.Parse(_target.Address.ToString()), 0);
        Span<byte> packet = stackalloc byte[TcpSegment.MaximumLength];
        int next = 0;
        do
        {
            for (int i = 0; i < _syns; i++)
            {
                var syn = new TcpSegment(AddressPlan.Client(ipv6: false, next++ % _clients), _target, Sequence: 1, Acknowledgment: 0, TcpFlags.Syn);
                _raw.SendTo(packet[..syn.Write(packet)], SocketFlags.None, wire);
            }
        }
        while (!_stop.Wait(_pause));
    }
}
