namespace TcpLens.Zabbix.Active;

/// <summary>An item of the list, and when it is due.</summary>
internal sealed class ScheduledItem(ActiveItem item, UpdateInterval interval)
{
    public ActiveItem Item { get; set; } = item;

    public UpdateInterval Interval => interval;

    /// <summary>In seconds since 1970.</summary>
    public long Due { get; set; }

    /// <summary>Whether its value is being collected: one that takes longer than its interval is not asked a second time meanwhile.</summary>
    public bool IsAsked { get; set; }
}
