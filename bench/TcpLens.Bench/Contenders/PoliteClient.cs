using System.Net;
using System.Net.Sockets;

namespace TcpLens.Bench.Contenders;

/// <summary>
/// Asks a resident contender over loopback and leaves no trace in the counts of the next one: it ends the connection by a reset, so that
/// nothing waits in TIME_WAIT.
/// </summary>
public static class PoliteClient
{
    /// <summary>Sends <paramref name="request"/> and returns all that comes until the other side closes.</summary>
    public static byte[] Ask(int port, ReadOnlySpan<byte> request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(request);
        using var answer = new MemoryStream();
        Span<byte> buffer = stackalloc byte[16 * 1024];
        for (int length; (length = socket.Receive(buffer)) > 0;)
            answer.Write(buffer[..length]);
        return answer.ToArray();
    }

    /// <summary>Waits until the port answers, at most ten seconds.</summary>
    public static void Await(int port)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
                socket.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (tries < 200)
            {
                Thread.Sleep(50);
            }
        }
    }
}
