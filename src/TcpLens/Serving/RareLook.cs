using TcpLens.Linux.Interop;

namespace TcpLens.Serving;

/// <summary>Looks now and then at what changes slowly and costs much, on a thread of its own: sampling never waits for it. The pause follows from what a look costs.</summary>
/// <typeparam name="T">What is seen.</typeparam>
/// <param name="name">The thread's.</param>
/// <param name="look">Looks once; <see langword="null"/> when it failed.</param>
/// <param name="pauseAfter">The pause behind a look that has cost so much CPU.</param>
/// <param name="clock">Measures the pauses.</param>
internal sealed class RareLook<T>(string name, Func<T?> look, Func<TimeSpan, TimeSpan> pauseAfter, TimeProvider clock) : IDisposable
    where T : class
{
    /// <summary>A look may take so much of a core: half a percent.</summary>
    private const int PauseFactor = 200;

    private readonly CancellationTokenSource _end = new();
    private Thread? _thread;
    private T? _latest;

    /// <summary>What the last look has seen; <see langword="null"/> before the first, and when it failed.</summary>
    public T? Latest => Volatile.Read(ref _latest);

    /// <summary>The pause behind a look that has cost so much, within these bounds.</summary>
    public static TimeSpan Pause(TimeSpan cost, TimeSpan shortest, TimeSpan longest) => TimeSpan.FromTicks(Math.Clamp(cost.Ticks * PauseFactor, shortest.Ticks, longest.Ticks));

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public void Dispose()
    {
        _end.Cancel();
        _thread?.Join();
        _end.Dispose();
    }

    private void Run()
    {
        while (!_end.IsCancellationRequested)
        {
            var begin = ThreadClock.CpuTime;
            Volatile.Write(ref _latest, look());
            using var pause = new CancellationTokenSource(pauseAfter(ThreadClock.CpuTime - begin), clock);
            _ = WaitHandle.WaitAny([_end.Token.WaitHandle, pause.Token.WaitHandle]);
        }
    }
}
