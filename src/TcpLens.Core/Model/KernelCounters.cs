namespace TcpLens.Core.Model;

/// <summary>
/// What the kernel counts about TCP in one network namespace, at one moment. Costs the same at any number of sockets. What this kernel does
/// not tell is <see langword="null"/>, never 0. Sources: <c>/proc/net/{sockstat,sockstat6,snmp,netstat}</c>,
/// <c>Documentation/networking/snmp_counter.rst</c>, RFC 4022.
/// </summary>
public sealed record KernelCounters
{
    /// <summary>The group <c>Tcp</c> of <c>snmp</c> (RFC 4022), by the kernel's names.</summary>
    public CounterTable Tcp { get; init; } = CounterTable.Unknown;

    /// <summary>The group <c>TcpExt</c> of <c>netstat</c>, by the kernel's names.</summary>
    public CounterTable TcpExt { get; init; } = CounterTable.Unknown;

    /// <summary>The counter of that name, of <see cref="Tcp"/> before <see cref="TcpExt"/>; <see langword="null"/> where this kernel does not have it.</summary>
    public long? this[string name] => Tcp[name] ?? TcpExt[name];

    /// <summary>IPv4 sockets in use: all but TIME_WAIT, SYN_RECV, CLOSE and FIN_WAIT2 that no process holds.</summary>
    public long? InUseIPv4 { get; init; }

    /// <summary>The same of IPv6, sockets that carry IPv4 included; 0 where IPv6 is off.</summary>
    public long? InUseIPv6 { get; init; }

    /// <summary>TIME_WAIT and FIN_WAIT2 that no process holds, both families: what tcp_max_tw_buckets limits.</summary>
    public long? TimeWaitSockets { get; init; }

    /// <summary>Full sockets that no process holds, of ALL namespaces together: what tcp_max_orphans limits.</summary>
    public long? Orphans { get; init; }

    /// <summary>Sockets that the kernel has allocated, of ALL namespaces together.</summary>
    public long? Allocated { get; init; }

    /// <summary>Memory of all TCP queues in pages, of ALL namespaces together: what tcp_mem limits.</summary>
    public long? MemoryPages { get; init; }

    /// <summary>Connections that this side began.</summary>
    public long? ActiveOpens => Tcp["ActiveOpens"];

    /// <summary>Connections that listeners took.</summary>
    public long? PassiveOpens => Tcp["PassiveOpens"];

    /// <summary>Handshakes that failed: refused, timed out, or reset before they were done.</summary>
    public long? AttemptFails => Tcp["AttemptFails"];

    /// <summary>Resets out of ESTABLISHED or CLOSE_WAIT.</summary>
    public long? EstablishedResets => Tcp["EstabResets"];

    /// <summary>A gauge: ESTABLISHED and CLOSE_WAIT together (RFC 4022), so it is not the count of ESTABLISHED.</summary>
    public long? CurrentlyEstablished => Tcp["CurrEstab"];

    public long? SegmentsIn => Tcp["InSegs"];

    public long? SegmentsOut => Tcp["OutSegs"];

    public long? SegmentsRetransmitted => Tcp["RetransSegs"];

    /// <summary>Segments that were broken, those with a wrong checksum among them.</summary>
    public long? SegmentErrors => Tcp["InErrs"];

    public long? ChecksumErrors => Tcp["InCsumErrors"];

    public long? ResetsSent => Tcp["OutRsts"];

    /// <summary>SYNs answered by a cookie instead of an entry in the SYN queue.</summary>
    public long? SyncookiesSent => TcpExt["SyncookiesSent"];

    /// <summary>Cookies that came back and became connections.</summary>
    public long? SyncookiesReceived => TcpExt["SyncookiesRecv"];

    /// <summary>Cookies that came back wrong or too late.</summary>
    public long? SyncookiesFailed => TcpExt["SyncookiesFailed"];

    /// <summary>Connections or SYNs that found the accept queue full.</summary>
    public long? ListenOverflows => TcpExt["ListenOverflows"];

    /// <summary>All connections or SYNs that a listener dropped; overflows among them.</summary>
    public long? ListenDrops => TcpExt["ListenDrops"];

    /// <summary>SYNs that found the SYN queue full and were answered by a cookie.</summary>
    public long? SynQueueFullCookies => TcpExt["TCPReqQFullDoCookies"];

    /// <summary>SYNs that found the SYN queue full and were dropped.</summary>
    public long? SynQueueFullDrops => TcpExt["TCPReqQFullDrop"];

    /// <summary>Sockets that skipped TIME_WAIT because tcp_max_tw_buckets was reached.</summary>
    public long? TimeWaitOverflows => TcpExt["TCPTimeWaitOverflow"];

    /// <summary>Sockets that went into TIME_WAIT, or into FIN_WAIT2 without a process. Older kernels count them at its end (6.18: at its start).</summary>
    public long? TimeWaitStarted => TcpExt["TW"];

    /// <summary>Ports in TIME_WAIT that a new connection took over (tcp_tw_reuse).</summary>
    public long? TimeWaitReused => TcpExt["TWRecycled"];

    /// <summary>Data that came after close().</summary>
    public long? AbortsOnData => TcpExt["TCPAbortOnData"];

    /// <summary>Closed by the program with data unread.</summary>
    public long? AbortsOnClose => TcpExt["TCPAbortOnClose"];

    /// <summary>Dropped for want of memory, or because there were too many orphans.</summary>
    public long? AbortsOnMemory => TcpExt["TCPAbortOnMemory"];

    /// <summary>Given up after all retransmissions.</summary>
    public long? AbortsOnTimeout => TcpExt["TCPAbortOnTimeout"];

    /// <summary>Ended in FIN_WAIT2 at once because the program had set a negative TCP_LINGER2.</summary>
    public long? AbortsOnLinger => TcpExt["TCPAbortOnLinger"];

    /// <summary>Resets that could not be sent for want of memory.</summary>
    public long? AbortsFailed => TcpExt["TCPAbortFailed"];

    /// <summary>SYNs and SYN-ACKs that were sent again.</summary>
    public long? SynRetransmits => TcpExt["TCPSynRetrans"];

    /// <summary>Retransmission timers that fired.</summary>
    public long? Timeouts => TcpExt["TCPTimeouts"];

    /// <summary>How often TCP's memory went over the pressure mark of tcp_mem.</summary>
    public long? MemoryPressures => TcpExt["TCPMemoryPressures"];

    /// <summary>Milliseconds that TCP spent under memory pressure.</summary>
    public long? MemoryPressureMilliseconds => TcpExt["TCPMemoryPressuresChrono"];

    /// <summary>How often a receive queue was cut down because it was too large.</summary>
    public long? QueuesPruned => TcpExt["PruneCalled"];

    /// <summary>How often data in order was dropped because cutting down did not help.</summary>
    public long? ReceivePruned => TcpExt["RcvPruned"];

    /// <summary>SYNs refused for an old timestamp (removed with tcp_tw_recycle in Linux 4.12; the name has stayed).</summary>
    public long? OldTimestampActive => TcpExt["PAWSActive"];

    /// <summary>Segments of open connections refused for an old timestamp.</summary>
    public long? OldTimestampEstablished => TcpExt["PAWSEstab"];
}
