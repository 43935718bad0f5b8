using TcpLens.Core.Model;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Counters;

/// <summary>
/// Reads the kernel's TCP counters of one network namespace after the other. Keeps its buffer, and the names of the counters, from reading to
/// reading. One thread at a time.
/// </summary>
public sealed class KernelCounterReader
{
    /// <summary>The directory of the namespace in which the calling thread is.</summary>
    public const string OwnDirectory = "/proc/thread-self/net";

    // netstat, the longest file, has 6 KB on Linux 6.18 with every counter at its largest value.
    private const int BufferBytes = 32 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly CounterTableParser _tcp = new("Tcp:");
    private readonly CounterTableParser _tcpExt = new("TcpExt:");

    /// <summary>
    /// Reads what is there. A file that is missing or cannot be read leaves its counters <see langword="null"/>: nothing fails.
    /// </summary>
    /// <param name="netDirectory">
    /// <see cref="OwnDirectory"/>, or <c>/proc/&lt;pid&gt;/net</c> for the namespace of a process, which any user may read.
    /// </param>
    public KernelCounters Read(string netDirectory = OwnDirectory)
    {
        Sockstat ipv4 = default;
        Sockstat ipv6 = default;
        if (TryRead(netDirectory + "/sockstat", out var text))
            _ = Sockstat.TryParse(text, "TCP:"u8, out ipv4);
        var error = SmallFile.Read(netDirectory + "/sockstat6", _buffer, out int length);
        if (error == Errno.None)
            _ = Sockstat.TryParse(_buffer.AsSpan(0, length), "TCP6:"u8, out ipv6);
        else if (error == Errno.ENOENT && ipv4.InUse is not null)
            ipv6 = ipv6 with { InUse = 0 };

        var tcp = CounterTable.Unknown;
        var tcpExt = CounterTable.Unknown;
        if (TryRead(netDirectory + "/snmp", out text))
            _ = _tcp.TryParse(text, out tcp);
        if (TryRead(netDirectory + "/netstat", out text))
            _ = _tcpExt.TryParse(text, out tcpExt);
        return new KernelCounters
        {
            Tcp = tcp,
            TcpExt = tcpExt,
            InUseIPv4 = ipv4.InUse,
            InUseIPv6 = ipv6.InUse,
            TimeWaitSockets = ipv4.TimeWait,
            Orphans = ipv4.Orphans,
            Allocated = ipv4.Allocated,
            MemoryPages = ipv4.MemoryPages,
        };
    }

    private bool TryRead(string path, out ReadOnlySpan<byte> text)
    {
        bool read = SmallFile.Read(path, _buffer, out int length) == Errno.None;
        text = _buffer.AsSpan(0, length);
        return read;
    }
}
