namespace TcpLens.Zabbix.Passive;

/// <summary>A token that ends after a time, or with another one.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _time;
    private readonly CancellationTokenSource _either;

    public TimeLimit(TimeSpan time, TimeProvider clock, CancellationToken end)
    {
        _time = new CancellationTokenSource(time, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, end);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether it was the time that ended it.</summary>
    public bool IsOver => _time.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _time.Dispose();
    }
}
