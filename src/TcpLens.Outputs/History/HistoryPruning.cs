namespace TcpLens.Outputs.History;

/// <summary>
/// Deletes what is older than it is to be kept, and more when the file would become too large. Works in small steps, once a minute, each a
/// transaction of its own: a step that fails is made up for a minute later.
/// </summary>
internal sealed class HistoryPruning(HistoryTables tables, HistorySettings settings)
{
    /// <summary>Twice the samples of a minute at the shortest interval.</summary>
    private const int SecondsAtOnce = 1200;

    private const int MinutesAtOnce = 120;
    private const int HoursAtOnce = 48;
    private const int AnnotationsAtOnce = 100;

    /// <summary>Deletions for the size in one minute.</summary>
    private const int StepsAtOnce = 64;

    /// <summary>Free pages that are left for what comes next.</summary>
    private const int FreePages = 256;

    /// <summary>However small the file may be, this much of the finest stays before a coarser table loses anything.</summary>
    private static readonly TimeSpan s_leastSeconds = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan s_leastMinutes = TimeSpan.FromHours(24);

    /// <summary>Pages after which the journal is moved into the file: at most a thirty-second of the whole, and 4 MiB.</summary>
    public static int JournalPages(HistorySettings settings) => (int)Math.Clamp(Size(settings) / 32 / HistorySchema.PageBytes, 32, 1000);

    /// <summary>The first moment that any table knows.</summary>
    public long? Oldest() => Resolution.All.Select(tables.Oldest).Min();

    /// <summary>Deletes rows that have been kept long enough, in whole minutes, hours and days, so that no roll-up is done again from a part.</summary>
    public void DropOld(long now) => tables.Transaction(() =>
    {
        tables.Delete("second", Resolution.Minute.Floor(now - Milliseconds(settings.KeepSeconds)), SecondsAtOnce);
        tables.Delete("minute", Resolution.Hour.Floor(now - Milliseconds(settings.KeepMinutes)), MinutesAtOnce);
        tables.Delete("hour", Resolution.Hour.Floor(now - Milliseconds(settings.KeepHours)), HoursAtOnce);
        tables.Delete("annotation", now - Milliseconds(settings.KeepHours), AnnotationsAtOnce);
    });

    /// <summary>Deletes the oldest of the finest until the file has room for the next minutes, and gives pages back.</summary>
    public void KeepSize(long now)
    {
        // The journal may reach twice its limit while a reader holds it.
        long most = Size(settings) - (2L * JournalPages(settings) * HistorySchema.PageBytes);
        if (tables.UsedBytes > most - (FreePages * HistorySchema.PageBytes))
        {
            for (int step = 0; step < StepsAtOnce && tables.UsedBytes > most - (2 * FreePages * HistorySchema.PageBytes); step++)
            {
                int deleted = 0;
                tables.Transaction(() => deleted = DeleteFinest(now));
                if (deleted == 0)
                    break;
            }
        }

        long free = (tables.FileBytes - tables.UsedBytes) / HistorySchema.PageBytes;
        if (tables.FileBytes > most || free > 16 * FreePages)
            tables.Shrink((int)Math.Min(free, 4 * FreePages));
    }

    private int DeleteFinest(long now)
    {
        int deleted = tables.Delete("second", Resolution.Minute.Floor(now - Milliseconds(s_leastSeconds)), SecondsAtOnce);
        if (deleted == 0)
            deleted = tables.Delete("minute", Resolution.Hour.Floor(now - Milliseconds(s_leastMinutes)), MinutesAtOnce);
        if (deleted == 0)
            deleted = tables.Delete("hour", Resolution.Hour.Floor(now), HoursAtOnce);
        return deleted + tables.Delete("annotation", now - Milliseconds(s_leastMinutes), AnnotationsAtOnce);
    }

    private static long Size(HistorySettings settings) => Math.Max(settings.SizeMaximum, HistorySettings.SmallestSize);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
