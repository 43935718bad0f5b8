using System.Net;
using System.Net.Sockets;
using TcpLens.Core.Model;
using TcpLens.Linux.Lab;

namespace TcpLens.KernelTests.Diagnosis;

/// <summary>SYNs from forged addresses at which nobody answers.</summary>
internal sealed class SynFlood(Ward ward, int port) : IDisposable
{
    private readonly Socket _raw = ward.Lab.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Raw));
    private int _next;

    public void Send(int syns)
    {
        var target = new TcpEndpoint(AddressPlan.Host(ipv6: false), (ushort)port);
        var wire = new IPEndPoint(IPAddress.Parse(target.Address.ToString()), 0);
        Span<byte> packet = stackalloc byte[TcpSegment.MaximumLength];
        for (int i = 0; i < syns; i++)
        {
            var syn = new TcpSegment(AddressPlan.Client(ipv6: false, _next++), target, Sequence: 1, Acknowledgment: 0, TcpFlags.Syn);
            _raw.SendTo(packet[..syn.Write(packet)], SocketFlags.None, wire);
        }
    }

    public void Dispose() => _raw.Dispose();
}
