using System.Collections.Concurrent;
using TcpLens.Core.Monitoring;

namespace TcpLens.Serving;

/// <summary>
/// The one loop of the resident monitor, on a thread of its own: a report each interval, hung on the board and handed to the listener.
/// Neither readers nor outputs can delay it. Ticks are due on a steady grid; one that comes so late that the next is already due is missed
/// and counted.
/// </summary>
internal sealed class SamplingLoop(Sampler sampler, ReportBoard board, Action<Report> told, TimeProvider clock) : IDisposable
{
    private readonly BlockingCollection<Action> _changes = new(boundedCapacity: 16);
    private readonly CancellationTokenSource _end = new();
    private Thread? _thread;
    private long _missed;

    /// <summary>What ended the loop other than <see cref="Stop"/>; <see langword="null"/> while it runs.</summary>
    public Task<Exception?> Ended => _ended.Task;

    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Start()
    {
        _thread = new Thread(Run) { Name = "sampling", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Has <paramref name="change"/> done between two ticks, by the loop's own thread; the next tick is then due at once.</summary>
    public void Change(Action change) => _changes.Add(change);

    /// <summary>Makes the next tick due now. Where one is on its way already, that one will do.</summary>
    public void Hasten() => _changes.TryAdd(static () => { });

    /// <summary>Ends the loop after the tick that is being made.</summary>
    public void Stop()
    {
        _end.Cancel();
        _thread?.Join();
    }

    public void Dispose()
    {
        Stop();
        _end.Dispose();
        _changes.Dispose();
        sampler.Dispose();
    }

    private void Run()
    {
        try
        {
            long due = clock.GetTimestamp();
            while (!_end.IsCancellationRequested)
            {
                var report = sampler.Tick(_missed);
                board.Publish(report);
                told(report);
                due = Wait(due, report.Pace.Interval);
            }

            _ended.SetResult(null);
        }
        catch (OperationCanceledException)
        {
            _ended.SetResult(null);
        }
#pragma warning disable CA1031 // The program ends with this exception, on the thread that waits for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _ended.SetResult(failure);
        }
    }

    // The moment of the tick that is due next: on the grid, or now when the grid was left behind.
    private long Wait(long due, TimeSpan interval)
    {
        due += (long)(interval.TotalSeconds * clock.TimestampFrequency);
        while (true)
        {
            var left = clock.GetElapsedTime(clock.GetTimestamp(), due);
            if (left <= TimeSpan.Zero)
            {
                _missed += (long)(-left / interval);
                return -left >= interval ? clock.GetTimestamp() : due;
            }

            if (!_changes.TryTake(out var change, (int)Math.Ceiling(left.TotalMilliseconds), _end.Token))
                continue;
            change();
            return clock.GetTimestamp();
        }
    }
}
