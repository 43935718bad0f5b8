namespace TcpLens.Outputs.History;

/// <summary>How long a question may take. Every step is one row, so looking at the clock between rows is enough.</summary>
internal sealed class HistoryDeadline
{
    /// <summary>Rows between two looks at the clock.</summary>
    private const int RowsPerLook = 256;

    private readonly long _end;
    private int _rows;

    private HistoryDeadline(long end) => _end = end;

    public bool IsOver { get; private set; }

    public static HistoryDeadline In(TimeSpan time) => new(Environment.TickCount64 + (long)time.TotalMilliseconds);

    /// <summary>Counts a row.</summary>
    /// <returns>Whether there is time for it.</returns>
    public bool Goes()
    {
        if (++_rows % RowsPerLook == 0 && Environment.TickCount64 > _end)
            IsOver = true;
        return !IsOver;
    }
}
