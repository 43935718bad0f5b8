namespace TcpLens.Core.Model;

/// <summary>
/// One TCP socket as the kernel tells it. A value that lives on the stack of the reader: sinks look at it while it is there and keep
/// only what they need.
/// </summary>
public readonly record struct SocketRecord
{
    public TcpState State { get; init; }

    public SocketFamily Family { get; init; }

    public SocketTimer Timer { get; init; }

    /// <summary>How often the pending segment was sent again.</summary>
    public byte Retransmits { get; init; }

    public TcpEndpoint Local { get; init; }

    public TcpEndpoint Remote { get; init; }

    /// <summary>
    /// Bytes received and not yet read by the program; for a listener the connections that wait for accept(). See <see cref="IsListener"/>.
    /// </summary>
    public uint ReceiveQueue { get; init; }

    /// <summary>Bytes sent and not yet acknowledged; for a listener the limit of the accept queue (0 where the source cannot tell).</summary>
    public uint SendQueue { get; init; }

    /// <summary>Time until <see cref="Timer"/> fires, in milliseconds.</summary>
    public uint TimerMilliseconds { get; init; }

    /// <summary>Owner of the socket. Meaningless for a socket that no process holds (<see cref="Inode"/> 0).</summary>
    public uint UserId { get; init; }

    /// <summary>Inode of the file that a process holds; 0 when none does: TIME_WAIT, SYN_RECV, orphans, connections not yet accepted.</summary>
    public uint Inode { get; init; }

    /// <summary>
    /// Number of the cgroup (version 2) in which the socket was made, for an accepted one its listener; 0 where there is none or the source does not
    /// tell it: TIME_WAIT, SYN_RECV, /proc. Source: INET_DIAG_CGROUP_ID, kernel 5.7; <c>sk_cgrp_data</c>.
    /// </summary>
    public ulong CgroupId { get; init; }

    /// <summary>
    /// Time since a program's data last came or went, in milliseconds; since the handshake where none ever did. Keepalive probes are no data.
    /// <see langword="null"/> unless <see cref="Sources.SocketDetail.Idle"/> was asked for and the source tells it. Source: <c>tcpi_last_data_sent</c>,
    /// <c>tcpi_last_data_recv</c>.
    /// </summary>
    public uint? IdleMilliseconds { get; init; }

    /// <summary>A listener's two queue numbers count connections, not bytes, and never enter a sum of bytes.</summary>
    public bool IsListener => State == TcpState.Listen;

    /// <summary>An IPv6 socket that carries IPv4 (a client of a dual-stack listener): it belongs to family IPv6 and is counted beside it.</summary>
    public bool IsV4Mapped => Family == SocketFamily.IPv6 && (Carries(Local) || Carries(Remote));

    /// <summary>The kernel keeps only a small structure: TIME_WAIT, and FIN_WAIT2 that no process holds (unless tcp_fin_timeout exceeds 60 s).</summary>
    public bool IsMini => State == TcpState.TimeWait || (State == TcpState.FinWait2 && Timer == SocketTimer.TimeWait);

    /// <summary>A half-open request at a listener, not a socket yet.</summary>
    public bool IsRequest => State == TcpState.SynRecv && Inode == 0;

    private static bool Carries(TcpEndpoint end) => end.Address.IsV4;
}
