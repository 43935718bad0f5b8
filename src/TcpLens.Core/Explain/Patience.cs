namespace TcpLens.Core.Explain;

/// <summary>
/// How long Linux goes on before it gives a connection up, derived from its settings as <c>net/ipv4/tcp_timer.c</c> and
/// <c>net/ipv4/inet_connection_sock.c</c> do.
/// </summary>
public static class Patience
{
    /// <summary>The kernel's longest pause between two retransmissions (TCP_RTO_MAX) where tcp_rto_max_ms does not say otherwise.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(120);

    /// <summary>The first retransmission timeout of a SYN or SYN-ACK (TCP_TIMEOUT_INIT).</summary>
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);

    /// <summary>The shortest retransmission timeout (TCP_RTO_MIN), with which the kernel models the timeout of a connection.</summary>
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Retries of an orphan where tcp_orphan_retries is 0 (tcp_orphan_retries()).</summary>
    private const int OrphanRetriesOfZero = 8;

    /// <summary>From connect() to ETIMEDOUT when nothing answers. The linear pauses (tcp_syn_linear_timeouts) come before the doubling ones.</summary>
    public static TimeSpan OfConnect(int synRetries, int linearTimeouts, TimeSpan longestPause) =>
        (linearTimeouts * s_firstPause) + Doubling(s_firstPause, synRetries, longestPause);

    /// <summary>From the SYN to the end of the request when the handshake is never completed.</summary>
    public static TimeSpan OfHalfOpen(int synAckRetries, TimeSpan longestPause) => Doubling(s_firstPause, synAckRetries, longestPause);

    /// <summary>
    /// The least time for which unacknowledged data or FIN is repeated (tcp_model_timeout()); the connection ends at the first
    /// retransmission after it.
    /// </summary>
    public static TimeSpan OfRetransmission(int retries, TimeSpan longestPause) => Doubling(s_shortestPause, retries, longestPause);

    /// <summary>As <see cref="OfRetransmission"/> for a socket that no process holds; 0 retries act as 8.</summary>
    public static TimeSpan OfOrphan(int orphanRetries, TimeSpan longestPause) =>
        OfRetransmission(orphanRetries == 0 ? OrphanRetriesOfZero : orphanRetries, longestPause);

    /// <summary>From the last packet of a vanished peer to the end of a connection with SO_KEEPALIVE. All in seconds.</summary>
    public static TimeSpan OfKeepalive(int time, int interval, int probes) => TimeSpan.FromSeconds(time + ((long)interval * probes));

    /// <summary>The sum of one pause after the first sending and one after each retry, each twice the one before.</summary>
    private static TimeSpan Doubling(TimeSpan first, int retries, TimeSpan longest)
    {
        var sum = TimeSpan.Zero;
        var pause = first;
        for (int sent = 0; sent <= retries; sent++)
        {
            sum += pause;
            pause = pause + pause < longest ? pause + pause : longest;
        }

        return sum;
    }
}
