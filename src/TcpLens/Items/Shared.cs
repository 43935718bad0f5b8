namespace TcpLens.Items;

/// <summary>
/// One piece of work for all who ask within <see cref="SharedReadings.Age"/>: the first starts it, the others take the same, its failure too. Whoever stops
/// waiting leaves it to the others.
/// </summary>
internal sealed class Shared<T>(Func<Task<T>> work, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Task<T>? _task;
    private long _startedAt;

    public Task<T> GetAsync(CancellationToken cancel)
    {
        Task<T> task;
        lock (_gate)
        {
            // One that takes longer than its age is shared until it ends: a second one beside it would only take longer still.
            if (_task is null || (_task.IsCompleted && clock.GetElapsedTime(_startedAt) >= SharedReadings.Age))
            {
                _startedAt = clock.GetTimestamp();
                _task = work();
            }

            task = _task;
        }

        return task.WaitAsync(cancel);
    }
}
