using TcpLens.CommandLine;
using TcpLens.Core.Diagnosis;
using TcpLens.Linux.Interop;

namespace TcpLens.Serving;

/// <summary>
/// Looks now and then which connections of the own namespace nobody speaks on, on a thread of its own. That is asked of the kernel connection by connection:
/// once a minute at most, and less often where there are so many that it would take more than half a percent of a core.
/// </summary>
internal sealed class IdleWatch : IDisposable
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(30);

    private readonly IKernel _kernel;
    private readonly RareLook<IdleCensus> _looks;
    private long _age;

    /// <summary>A watch that has not begun.</summary>
    /// <param name="kernel">Asked by the watch's own thread alone.</param>
    /// <param name="age">Silent for so long counts.</param>
    /// <param name="clock">Measures the pauses.</param>
    public IdleWatch(IKernel kernel, TimeSpan age, TimeProvider clock)
    {
        (_kernel, _age) = (kernel, age.Ticks);
        _looks = new RareLook<IdleCensus>("silent", Look, PauseAfter, clock);
    }

    /// <summary>What the last look has seen; <see langword="null"/> before the first, and when it failed.</summary>
    public IdleCensus? Latest => _looks.Latest;

    /// <summary>Silent for so long counts, from the next look on.</summary>
    public TimeSpan Age
    {
        set => Volatile.Write(ref _age, value.Ticks);
    }

    public void Start() => _looks.Start();

    /// <summary>The pause behind a look that has cost so much.</summary>
    internal static TimeSpan PauseAfter(TimeSpan cost) => RareLook<IdleCensus>.Pause(cost, s_shortest, s_longest);

    public void Dispose() => _looks.Dispose();

    private IdleCensus? Look()
    {
        try
        {
            return _kernel.CountIdle(TimeSpan.FromTicks(Volatile.Read(ref _age)));
        }
        catch (Exception trouble) when (trouble is SyscallException or IOException)
        {
            // The sampling loop reads the same sockets, and tells what stands in the way.
            return null;
        }
    }
}
