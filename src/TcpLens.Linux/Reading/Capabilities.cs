using System.Globalization;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Reading;

/// <summary>The capabilities that the calling thread may use now. Source: capabilities(7), <c>CapEff</c> of <c>/proc/thread-self/status</c>.</summary>
public readonly record struct Capabilities(ulong Effective)
{
    private const int DacReadSearch = 2;
    private const int SysPtrace = 19;
    private const int SysAdmin = 21;
    private const int PerformanceMonitoring = 38;
    private const int Bpf = 39;

    /// <summary>Those of the calling thread; none where /proc does not tell.</summary>
    public static Capabilities Own
    {
        get
        {
            Span<byte> file = stackalloc byte[4096];
            return SmallFile.Read("/proc/thread-self/status", file, out int length) == Errno.None ? new Capabilities(Parse(file[..length])) : default;
        }
    }

    /// <summary>May look at the processes of other users.</summary>
    public bool MayTraceOthers => Has(SysPtrace);

    /// <summary>May see which descriptors the processes of other users hold: their folder is closed to all but its user.</summary>
    public bool MaySeeDescriptors => MayTraceOthers && Has(DacReadSearch);

    /// <summary>May enter other network namespaces.</summary>
    public bool MayEnterNamespaces => Has(SysAdmin);

    /// <summary>May have programs run in the kernel that look at its memory. CAP_SYS_ADMIN contains both that it takes.</summary>
    public bool MayUseBpf => Has(SysAdmin) || (Has(Bpf) && Has(PerformanceMonitoring));

    internal static ulong Parse(ReadOnlySpan<byte> status)
    {
        int at = status.IndexOf("CapEff:\t"u8);
        if (at < 0)
            return 0;
        var text = status[(at + 8)..];
        int end = text.IndexOf((byte)'\n');
        return ulong.TryParse(end < 0 ? text : text[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong mask) ? mask : 0;
    }

    private bool Has(int capability) => (Effective & (1UL << capability)) != 0;
}
