namespace TcpLens.Core.Monitoring;

/// <summary>
/// Where the latest report hangs. One thread publishes, any number read: a reader that is slow sees fewer reports and never delays the
/// publisher. Holds one report, however many readers wait.
/// </summary>
public sealed class ReportBoard
{
    private readonly Lock _lock = new();
    private Report? _latest;
    private TaskCompletionSource _next = New();

    /// <summary>The last report; <see langword="null"/> before the first.</summary>
    public Report? Latest => Volatile.Read(ref _latest);

    public void Publish(Report report)
    {
        TaskCompletionSource waited;
        lock (_lock)
        {
            Volatile.Write(ref _latest, report);
            waited = _next;
            _next = New();
        }

        waited.SetResult();
    }

    /// <summary>The latest report as soon as there is one whose number is greater than <paramref name="after"/>.</summary>
    /// <exception cref="OperationCanceledException">The reader went away.</exception>
    public async Task<Report> NextAsync(long after, CancellationToken end)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_latest is { } latest && latest.Number > after)
                    return latest;
                next = _next.Task;
            }

            await next.WaitAsync(end).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
