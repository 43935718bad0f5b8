namespace TcpLens.Core.Monitoring;

/// <summary>
/// From where on something is too much: ratios in percent of the kernel's own limits, rates per second, and numbers of sockets. A site may set
/// them; the defaults are those of the Zabbix template's macros, so that page and alarm agree. Where a finding closes follows from where it opens.
/// </summary>
public sealed record Thresholds
{
    public static Thresholds Default { get; } = new();

    /// <summary>Accept queue of a port against its limit.</summary>
    public double AcceptQueueWarning { get; init; } = 50;

    /// <summary>From here on connections are lost.</summary>
    public double AcceptQueueCritical { get; init; } = 100;

    /// <summary>Accept queue overflows per second; more than this.</summary>
    public double OverflowsWarning { get; init; }

    public double OverflowsCritical { get; init; } = 1;

    /// <summary>SYN_RECV of a port against its backlog.</summary>
    public double HalfOpenWarning { get; init; } = 50;

    /// <summary>SYN cookies per second; more than this.</summary>
    public double SynCookiesWarning { get; init; } = 1;

    /// <summary>SYNs dropped per second at a full SYN queue; more than this.</summary>
    public double SynDropsCritical { get; init; } = 1;

    /// <summary>Fewer half-open connections that do not answer are never reported.</summary>
    public double SlowHandshakesCount { get; init; } = 20;

    /// <summary>TIME_WAIT against tcp_max_tw_buckets.</summary>
    public double TimeWaitWarning { get; init; } = 80;

    /// <summary>Sockets per second that skip TIME_WAIT; more than this. No setting: any is too much.</summary>
    public double TimeWaitSkippedCritical { get; init; }

    /// <summary>Ephemeral ports of one destination against all.</summary>
    public double EphemeralWarning { get; init; } = 80;

    public double EphemeralCritical { get; init; } = 90;

    /// <summary>Orphans against tcp_max_orphans: the kernel may count them two- or fourfold.</summary>
    public double OrphansWarning { get; init; } = 25;

    public double OrphansCritical { get; init; } = 50;

    /// <summary>TCP memory against the maximum of tcp_mem.</summary>
    public double MemoryCritical { get; init; } = 90;

    /// <summary>Descriptors that a process has open against its limit.</summary>
    public double DescriptorsWarning { get; init; } = 80;

    /// <summary>Soon accept, connect and open fail.</summary>
    public double DescriptorsCritical { get; init; } = 95;

    /// <summary>Tracked connections against nf_conntrack_max.</summary>
    public double ConntrackWarning { get; init; } = 75;

    public double ConntrackCritical { get; init; } = 90;

    /// <summary>Fewer sockets in CLOSE_WAIT are never reported.</summary>
    public double CloseWaitCount { get; init; } = 10;

    /// <summary>CLOSE_WAIT among ESTABLISHED and CLOSE_WAIT.</summary>
    public double CloseWaitShare { get; init; } = 20;

    /// <summary>CLOSE_WAIT that has grown by this factor leaks.</summary>
    public double CloseWaitGrowth { get; init; } = 1.5;

    /// <summary>CLOSE_WAIT that is there for less is no leak.</summary>
    public TimeSpan CloseWaitAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Fewer sockets in FIN_WAIT2 that programs hold are never reported.</summary>
    public double OwnedFinWait2Count { get; init; } = 10;

    /// <summary>FIN_WAIT2 that programs hold for less is a conversation that ends.</summary>
    public TimeSpan OwnedFinWait2Age { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Fewer connections without an answer are never reported.</summary>
    public double SynSentCount { get; init; } = 5;

    /// <summary>SYN_SENT among ESTABLISHED and SYN_SENT.</summary>
    public double SynSentShare { get; init; } = 5;

    /// <summary>Handshakes that fail against those begun.</summary>
    public double ConnectFailuresShare { get; init; } = 50;

    /// <summary>Fewer sockets that are stuck in FIN_WAIT1, or in LAST_ACK, are never reported.</summary>
    public double StuckCount { get; init; } = 20;

    /// <summary>Fewer silent connections at one port, or to one destination, are never reported.</summary>
    public double IdleCount { get; init; } = 50;

    /// <summary>Connections that have been silent for less are no leak.</summary>
    public TimeSpan IdleAge { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Silent connections that have become more by this factor leak.</summary>
    public double IdleGrowth { get; init; } = 1.5;

    /// <summary>Segments that are sent again against all.</summary>
    public double RetransmitsNotice { get; init; } = 5;

    public double RetransmitsWarning { get; init; } = 15;

    /// <summary>Resets sent, as a multiple of what is usual.</summary>
    public double ResetsFactor { get; init; } = 10;
}
