namespace TcpLens.Zabbix.Active;

/// <summary>The items of a server and when each is due. Time is told as seconds since 1970.</summary>
internal sealed class ItemSchedule(TimeZoneInfo zone)
{
    private readonly Lock _lock = new();
    private Dictionary<ulong, ScheduledItem> _items = [];
    private HashSet<(ulong Id, string Delay)> _wrong = [];
    private long _now;

    public int Count
    {
        get
        {
            lock (_lock)
                return _items.Count;
        }
    }

    /// <summary>When the first item is due; <see langword="null"/> when none is.</summary>
    public long? Due
    {
        get
        {
            lock (_lock)
                return _items.Count == 0 ? null : _items.Values.Min(item => item.Due);
        }
    }

    /// <summary>Takes a list over. What stays as it was keeps its turn.</summary>
    /// <param name="list">All items.</param>
    /// <param name="now">The time.</param>
    /// <param name="isRemembered">Whether the list is from before a restart: its items wait for their turn. New ones are due at once, unless their moments are fixed.</param>
    /// <returns>Items whose interval cannot be read, and was not told before.</returns>
    public IReadOnlyList<ActiveItem> Take(IEnumerable<ActiveItem> list, long now, bool isRemembered)
    {
        var items = new Dictionary<ulong, ScheduledItem>();
        var wrong = new HashSet<(ulong Id, string Delay)>();
        var news = new List<ActiveItem>();
        lock (_lock)
        {
            foreach (var item in list)
            {
                if (_items.TryGetValue(item.Id, out var known) && known.Item.Delay == item.Delay)
                {
                    known.Item = item;
                    items[item.Id] = known;
                }
                else if (UpdateInterval.TryParse(item.Delay, out var interval))
                {
                    var one = new ScheduledItem(item, interval) { Due = now };
                    if (isRemembered || interval.IsScheduled)
                        Postpone(one, now);
                    items[item.Id] = one;
                }
                else
                {
                    wrong.Add((item.Id, item.Delay));
                    if (!_wrong.Contains((item.Id, item.Delay)))
                        news.Add(item);
                }
            }

            _items = items;
            _wrong = wrong;
        }

        return news;
    }

    /// <summary>The items that are due, each for the next time as well. Whoever takes them says when they are collected: <see cref="Release"/>.</summary>
    public IReadOnlyList<ScheduledItem> TakeDue(long now)
    {
        var due = new List<ScheduledItem>();
        lock (_lock)
        {
            // A clock that was set back would make all of them wait until it is there again.
            bool isSetBack = now < _now;
            _now = now;
            foreach (var item in _items.Values)
            {
                if (isSetBack)
                    Postpone(item, now);
                if (item.Due > now)
                    continue;
                Postpone(item, now);
                if (item.IsAsked)
                    continue;
                item.IsAsked = true;
                due.Add(item);
            }
        }

        return due;
    }

    public void Release(IEnumerable<ScheduledItem> items)
    {
        lock (_lock)
        {
            foreach (var item in items)
                item.IsAsked = false;
        }
    }

    // What is not due within a year will not be.
    private void Postpone(ScheduledItem item, long now) => item.Due = item.Interval.Next(item.Item.Id, now, zone) ?? long.MaxValue;
}
