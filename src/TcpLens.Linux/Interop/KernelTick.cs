namespace TcpLens.Linux.Interop;

/// <summary>The kernel's own clock, in whose ticks its timers count (<c>CONFIG_HZ</c>).</summary>
internal static class KernelTick
{
    private const int CoarseMonotonic = 6;

    /// <summary>Ticks in a second: 100 to 1000. Source: the resolution of <c>CLOCK_MONOTONIC_COARSE</c> is one tick.</summary>
    public static unsafe long PerSecond
    {
        get
        {
            TimeSpec tick;
            SyscallException.Check(LibC.clock_getres(CoarseMonotonic, &tick), "clock_getres", "CLOCK_MONOTONIC_COARSE");
            return (long)Math.Round(1e9 / tick.Nanoseconds);
        }
    }
}
