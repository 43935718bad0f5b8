using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Counters;

/// <summary>
/// Reads TCP's limits and timers in the network namespace of the calling thread: /proc/sys tells no other. Keeps its buffer from reading to
/// reading. One thread at a time.
/// </summary>
/// <param name="root">Where the settings lie, for tests with a tree of their own.</param>
public sealed class KernelLimitsReader(string root = KernelLimitsReader.SystemRoot)
{
    public const string SystemRoot = "/proc/sys/net";

    // The longest possible ip_local_reserved_ports, every second port, has 193 KB. The kernel tells it in one piece or cuts it.
    private const int BufferBytes = 256 * 1024;

    private readonly string _ipv4 = root + "/ipv4/";
    private readonly string _core = root + "/core/";
    private readonly string _netfilter = root + "/netfilter/";
    private byte[] _buffer = new byte[4096];

    /// <summary>Reads every setting; one that is missing or not understood is <see langword="null"/>: nothing fails.</summary>
    public KernelLimits Read() => new()
    {
        EphemeralPorts = ReadEphemeralPorts(),
        ReservedPorts = ReadReservedPorts(),
        TimeWaitMaximum = Number("tcp_max_tw_buckets"),
        OrphansMaximum = Number("tcp_max_orphans"),
        Memory = ReadMemory(),
        SynBacklogMaximum = Number("tcp_max_syn_backlog"),
        AcceptQueueMaximum = NumberOf(_core + "somaxconn"),
        Syncookies = Number("tcp_syncookies"),
        FinTimeoutSeconds = Number("tcp_fin_timeout"),
        TimeWaitReuse = Number("tcp_tw_reuse"),
        TimeWaitReuseMilliseconds = Number("tcp_tw_reuse_delay"),
        TimeWaitRecycle = Number("tcp_tw_recycle"),
        Timestamps = Number("tcp_timestamps"),
        ConntrackMaximum = NumberOf(_netfilter + "nf_conntrack_max"),
        ConntrackEntries = NumberOf(_netfilter + "nf_conntrack_count"),
        SynRetries = Number("tcp_syn_retries"),
        SynLinearTimeouts = Number("tcp_syn_linear_timeouts"),
        SynAckRetries = Number("tcp_synack_retries"),
        DataRetries = Number("tcp_retries2"),
        OrphanRetries = Number("tcp_orphan_retries"),
        KeepaliveTimeSeconds = Number("tcp_keepalive_time"),
        KeepaliveIntervalSeconds = Number("tcp_keepalive_intvl"),
        KeepaliveProbes = Number("tcp_keepalive_probes"),
        AbortOnOverflow = Number("tcp_abort_on_overflow"),
    };

    private long? Number(string name) => NumberOf(_ipv4 + name);

    private long? NumberOf(string path) => TryRead(path, out var text) && Setting.TryParseNumber(text, out long number) ? number : null;

    private PortRange? ReadEphemeralPorts() =>
        TryRead(_ipv4 + "ip_local_port_range", out var text) && Setting.TryParsePortRange(text, out var range) ? range : null;

    private ImmutableArray<PortRange> ReadReservedPorts() =>
        TryRead(_ipv4 + "ip_local_reserved_ports", out var text) && Setting.TryParsePortList(text, out var ports) ? ports : default;

    private TcpMemoryLimits? ReadMemory()
    {
        Span<long> pages = stackalloc long[3];
        return TryRead(_ipv4 + "tcp_mem", out var text) && Setting.TryParseNumbers(text, pages)
            ? new TcpMemoryLimits(pages[0], pages[1], pages[2])
            : null;
    }

    // A text that fills the buffer may have been cut: half a number would be a wrong number.
    private bool TryRead(string path, out ReadOnlySpan<byte> text)
    {
        bool read = SmallFile.Read(path, _buffer, out int length) == Errno.None;
        if (read && length == _buffer.Length && length < BufferBytes)
        {
            _buffer = new byte[BufferBytes];
            read = SmallFile.Read(path, _buffer, out length) == Errno.None;
        }

        text = _buffer.AsSpan(0, length);
        return read && length < _buffer.Length;
    }
}
