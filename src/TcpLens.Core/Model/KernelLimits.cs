using System.Collections.Immutable;

namespace TcpLens.Core.Model;

/// <summary>
/// The limits and timers of TCP as one network namespace has them set. <see langword="null"/> where this kernel does not have the setting,
/// or has it in the initial namespace alone. Source: <c>Documentation/networking/ip-sysctl.rst</c>, <c>/proc/sys/net</c>.
/// </summary>
public sealed record KernelLimits
{
    /// <summary>Nothing could be read: a namespace that cannot be entered does not tell its settings.</summary>
    public static KernelLimits Unknown { get; } = new();

    /// <summary>ip_local_port_range: the ports for connections that did not choose one.</summary>
    public PortRange? EphemeralPorts { get; init; }

    /// <summary>ip_local_reserved_ports: ports that are never given automatically, in rising order; empty when none are, default when unknown.</summary>
    public ImmutableArray<PortRange> ReservedPorts { get; init; }

    /// <summary>tcp_max_tw_buckets: sockets in TIME_WAIT before the next ones skip the state.</summary>
    public long? TimeWaitMaximum { get; init; }

    /// <summary>tcp_max_orphans: sockets without a process, of all namespaces. Initial namespace only.</summary>
    public long? OrphansMaximum { get; init; }

    /// <summary>tcp_mem, for all namespaces together. Initial namespace only.</summary>
    public TcpMemoryLimits? Memory { get; init; }

    /// <summary>tcp_max_syn_backlog: counts only while tcp_syncookies is 0.</summary>
    public long? SynBacklogMaximum { get; init; }

    /// <summary>somaxconn: the most that a listener's queues can hold, whatever its program asks for.</summary>
    public long? AcceptQueueMaximum { get; init; }

    /// <summary>tcp_syncookies: 0 never, 1 when the SYN queue is full, 2 always.</summary>
    public long? Syncookies { get; init; }

    /// <summary>tcp_fin_timeout: life of FIN_WAIT2 that no process holds. It does not touch TIME_WAIT, which lasts 60 s.</summary>
    public long? FinTimeoutSeconds { get; init; }

    /// <summary>tcp_tw_reuse: 0 never, 1 for every outgoing connection, 2 for those over loopback.</summary>
    public long? TimeWaitReuse { get; init; }

    /// <summary>tcp_tw_reuse_delay: age at which a port in TIME_WAIT may be taken again (newer kernels; 1000 before).</summary>
    public long? TimeWaitReuseMilliseconds { get; init; }

    /// <summary>tcp_tw_recycle: gone since Linux 4.12; 1 drops clients behind one NAT.</summary>
    public long? TimeWaitRecycle { get; init; }

    /// <summary>tcp_timestamps: without them (0) tcp_tw_reuse does nothing.</summary>
    public long? Timestamps { get; init; }

    /// <summary>nf_conntrack_max: connections that the packet filter of this machine can follow.</summary>
    public long? ConntrackMaximum { get; init; }

    /// <summary>nf_conntrack_count: how many it follows in this namespace. No limit, but told at the same place.</summary>
    public long? ConntrackEntries { get; init; }

    /// <summary>tcp_syn_retries: how often a SYN is sent again.</summary>
    public long? SynRetries { get; init; }

    /// <summary>tcp_syn_linear_timeouts: how many of the first SYN retries come at equal distance (newer kernels).</summary>
    public long? SynLinearTimeouts { get; init; }

    /// <summary>tcp_synack_retries: how often a SYN-ACK is sent again.</summary>
    public long? SynAckRetries { get; init; }

    /// <summary>tcp_retries2: how often data is sent again before the connection is given up.</summary>
    public long? DataRetries { get; init; }

    /// <summary>tcp_orphan_retries: the same for sockets without a process; 0 acts as 8.</summary>
    public long? OrphanRetries { get; init; }

    /// <summary>tcp_keepalive_time: silence before the first probe, for sockets that ask for probes.</summary>
    public long? KeepaliveTimeSeconds { get; init; }

    /// <summary>tcp_keepalive_intvl: time between probes.</summary>
    public long? KeepaliveIntervalSeconds { get; init; }

    /// <summary>tcp_keepalive_probes: unanswered probes before the connection is given up.</summary>
    public long? KeepaliveProbes { get; init; }

    /// <summary>tcp_abort_on_overflow: 1 answers a full accept queue by a reset.</summary>
    public long? AbortOnOverflow { get; init; }

    /// <summary>Whether a new connection to this destination may take over a port that is in TIME_WAIT.</summary>
    public bool ReusesTimeWait(Destination destination) =>
        Timestamps != 0 && (TimeWaitReuse == 1 || (TimeWaitReuse == 2 && destination.Target.Address.IsLoopback));

    /// <summary>
    /// Ports that an outgoing connection can get without asking for one: <see cref="EphemeralPorts"/> without the reserved ones.
    /// <see langword="null"/> when the range is unknown.
    /// </summary>
    public int? EphemeralPortCount
    {
        get
        {
            if (EphemeralPorts is not { } range)
                return null;
            int count = range.Count;
            if (!ReservedPorts.IsDefault)
            {
                foreach (var reserved in ReservedPorts)
                    count -= range.Shared(reserved);
            }

            return count;
        }
    }
}
