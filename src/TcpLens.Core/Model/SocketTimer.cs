namespace TcpLens.Core.Model;

/// <summary>The timer that runs on a socket, with the numbers of <c>idiag_timer</c> (kernel, <c>net/ipv4/inet_diag.c</c>).</summary>
public enum SocketTimer : byte
{
    None = 0,
    Retransmit = 1,
    KeepAlive = 2,
    TimeWait = 3,
    ZeroWindowProbe = 4,
}
