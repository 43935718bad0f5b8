using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Counters;

/// <summary>
/// The kernel's own running totals of TCP sockets: what a source that has walked the tables holds its count against. Read in
/// microseconds at any number of sockets. Source: <c>net/ipv4/proc.c</c>, <c>net/ipv6/proc.c</c>.
/// </summary>
/// <param name="InUseIPv4">
/// Hashed IPv4 sockets of the namespace: all states but TIME_WAIT, SYN_RECV, sockets in CLOSE, and FIN_WAIT2 that no process holds.
/// </param>
/// <param name="InUseIPv6">The same of IPv6 (IPv4-mapped ones included); 0 when IPv6 is off.</param>
/// <param name="TimeWait">Small sockets of both families in the namespace: TIME_WAIT, and FIN_WAIT2 that no process holds.</param>
/// <param name="Orphans">Full sockets that no process holds: of ALL namespaces together, the kernel keeps no other number.</param>
public readonly record struct SocketTotals(long InUseIPv4, long InUseIPv6, long TimeWait, long Orphans)
{
    private const int BufferBytes = 2048;

    /// <summary>
    /// Reads <c>sockstat</c> and <c>sockstat6</c> in <paramref name="netDirectory"/>: <c>/proc/thread-self/net</c> for the namespace of the
    /// calling thread, <c>/proc/&lt;pid&gt;/net</c> for that of a process. Allocates the two paths, nothing else.
    /// </summary>
    /// <returns><see langword="false"/> when <c>sockstat</c> cannot be read or does not tell TCP's totals.</returns>
    public static bool TryRead(string netDirectory, out SocketTotals totals)
    {
        totals = default;
        Span<byte> buffer = stackalloc byte[BufferBytes];
        if (SmallFile.Read(netDirectory + "/sockstat", buffer, out int length) != Errno.None
            || !Sockstat.TryParse(buffer[..length], "TCP:"u8, out var ipv4)
            || ipv4 is not { InUse: { } inUse, TimeWait: { } timeWait, Orphans: { } orphans })
            return false;

        long inUseIPv6 = 0;
        if (SmallFile.Read(netDirectory + "/sockstat6", buffer, out length) == Errno.None
            && Sockstat.TryParse(buffer[..length], "TCP6:"u8, out var ipv6))
            inUseIPv6 = ipv6.InUse ?? 0;
        totals = new SocketTotals(inUse, inUseIPv6, timeWait, orphans);
        return true;
    }
}
