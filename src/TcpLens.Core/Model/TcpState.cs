namespace TcpLens.Core.Model;

/// <summary>
/// The eleven states of a TCP connection (RFC 9293, section 3.3.2) with the numbers of the Linux kernel
/// (<c>include/net/tcp_states.h</c>).
/// </summary>
/// <remarks>
/// The kernel has two further numbers that never leave the sources: TCP_NEW_SYN_RECV (12), a half-open request, is
/// <see cref="SynRecv"/>; TCP_BOUND_INACTIVE (13), a socket that holds a local port and nothing else, is <see cref="Close"/>.
/// </remarks>
public enum TcpState : byte
{
    Established = 1,
    SynSent = 2,
    SynRecv = 3,
    FinWait1 = 4,
    FinWait2 = 5,
    TimeWait = 6,
    Close = 7,
    CloseWait = 8,
    LastAck = 9,
    Listen = 10,
    Closing = 11,
}
