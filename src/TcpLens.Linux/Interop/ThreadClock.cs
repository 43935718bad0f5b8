namespace TcpLens.Linux.Interop;

/// <summary>What the calling thread has cost.</summary>
public static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>CPU time of the calling thread since it started, in user and kernel mode (<c>CLOCK_THREAD_CPUTIME_ID</c>).</summary>
    public static unsafe TimeSpan CpuTime
    {
        get
        {
            TimeSpec time;
            SyscallException.Check(LibC.clock_gettime(ThreadCpuTime, &time), "clock_gettime", "CLOCK_THREAD_CPUTIME_ID");
            return TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick));
        }
    }
}
