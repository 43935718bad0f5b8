namespace TcpLens.Core.Monitoring;

/// <summary>
/// From where on something is too much: ratios in percent of the kernel's own limits, rates per second. The same numbers as the macros of the
/// Zabbix template, so that page and alarm agree.
/// </summary>
public static class Thresholds
{
    /// <summary>Accept queue of a port against its limit.</summary>
    public const double AcceptQueueWarning = 50;

    /// <summary>From here on connections are lost.</summary>
    public const double AcceptQueueCritical = 100;

    /// <summary>SYN_RECV of a port against its backlog.</summary>
    public const double HalfOpenWarning = 50;

    /// <summary>TIME_WAIT against tcp_max_tw_buckets.</summary>
    public const double TimeWaitWarning = 80;

    /// <summary>Ephemeral ports of one destination against all.</summary>
    public const double EphemeralWarning = 80;

    public const double EphemeralCritical = 90;

    /// <summary>Orphans against tcp_max_orphans: the kernel may count them two- or fourfold.</summary>
    public const double OrphansWarning = 25;

    public const double OrphansCritical = 50;

    /// <summary>TCP memory against the maximum of tcp_mem.</summary>
    public const double MemoryCritical = 90;

    /// <summary>Fewer sockets in CLOSE_WAIT are never reported.</summary>
    public const long CloseWaitCount = 10;

    /// <summary>CLOSE_WAIT among ESTABLISHED and CLOSE_WAIT.</summary>
    public const double CloseWaitShare = 20;

    /// <summary>CLOSE_WAIT that has grown by this factor leaks.</summary>
    public const double CloseWaitGrowth = 1.5;

    /// <summary>Fewer sockets in FIN_WAIT2 that programs hold are never reported.</summary>
    public const long OwnedFinWait2Count = 10;

    /// <summary>Fewer connections without an answer are never reported.</summary>
    public const long SynSentCount = 5;

    /// <summary>SYN_SENT among ESTABLISHED and SYN_SENT.</summary>
    public const double SynSentShare = 5;

    /// <summary>Accept queue overflows per second; more than this.</summary>
    public const double OverflowsWarning = 0;

    public const double OverflowsCritical = 1;

    /// <summary>SYNs dropped per second at a full SYN queue; more than this.</summary>
    public const double SynDropsCritical = 1;

    /// <summary>SYN cookies per second; more than this.</summary>
    public const double SynCookiesWarning = 1;

    /// <summary>Sockets per second that skip TIME_WAIT; more than this.</summary>
    public const double TimeWaitSkippedCritical = 0;
}
