namespace TcpLens.Zabbix.Passive;

/// <summary>How often one kind of event may be logged: the first <see cref="LinesPerMinute"/> of a minute; the rest is counted.</summary>
internal sealed class LogRation(TimeProvider clock)
{
    /// <summary>Enough to see who it is, few enough that nobody fills a disk from outside.</summary>
    public const int LinesPerMinute = 10;

    private readonly Lock _lock = new();
    private long _minute = clock.GetTimestamp();
    private long _unsaid;
    private int _said;

    /// <summary>Whether this event may be logged, and how many before it were not.</summary>
    public bool MaySay(out long unsaid)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_minute) >= TimeSpan.FromMinutes(1))
                (_minute, _said) = (clock.GetTimestamp(), 0);
            unsaid = _unsaid;
            if (_said == LinesPerMinute)
            {
                _unsaid++;
                return false;
            }

            _said++;
            _unsaid = 0;
            return true;
        }
    }
}
