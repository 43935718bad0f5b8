using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.Sqlite;

namespace TcpLens.Outputs.History;

/// <summary>Stores samples in order: rolls up, notes gaps and set clocks, deletes what is too old. For one thread.</summary>
internal sealed class HistoryWriter : IDisposable
{
    /// <summary>A clock that is off by less was corrected, not set.</summary>
    private const long ClockToleranceMilliseconds = 2000;

    /// <summary>After a start or a set clock nothing is deleted for so long: a clock that is wrong for a moment must not cost the past.</summary>
    private static readonly TimeSpan s_calm = TimeSpan.FromMinutes(10);

    private readonly HistoryTables _tables;
    private readonly HistoryPruning _pruning;
    private readonly List<Annotation> _made = [];
    private HistoryPosition _position;
    private long _tended;

    public HistoryWriter(HistoryTables tables, HistorySettings settings, long now)
    {
        _tables = tables;
        _pruning = new HistoryPruning(tables, settings);
        if (tables.LastRow(now) is { } last)
        {
            tables.Transaction(() => tables.RollRest(last.At));
            _position = new HistoryPosition(last.At, last.Every, null, default);
        }

        HasLaterRows = tables.HasRowsAfter(now + ClockToleranceMilliseconds);
        Oldest = _pruning.Oldest();
    }

    /// <summary>The first moment of which something is known.</summary>
    public long? Oldest { get; private set; }

    private bool HasLaterRows { get; set; }

    /// <summary>Stores all of them, or none.</summary>
    /// <returns>The annotations that had to be made.</returns>
    /// <exception cref="SqliteException">None was stored.</exception>
    public IReadOnlyList<Annotation> Store(IEnumerable<object> items)
    {
        _made.Clear();
        var position = _position;
        _tables.Transaction(() =>
        {
            foreach (object item in items)
            {
                if (item is HistorySample sample)
                    position = Store(sample, position);
                else
                    _tables.Insert((Annotation)item);
            }
        });
        _position = position;
        Oldest ??= position.At;
        return [.. _made];
    }

    /// <summary>Once a minute: deletes what has been kept long enough, or what is too much.</summary>
    /// <exception cref="SqliteException">It is made up for a minute later.</exception>
    public void Tend()
    {
        if (_position is not { At: { } now, Uptime: { } uptime } || Resolution.Minute.Floor(now) == _tended)
            return;
        _tended = Resolution.Minute.Floor(now);
        if (uptime - _position.ClockSet >= s_calm)
            _pruning.DropOld(now);
        _pruning.KeepSize(now);
        Oldest = _pruning.Oldest();
    }

    public void Dispose() => _tables.Dispose();

    private HistoryPosition Store(HistorySample sample, HistoryPosition position)
    {
        bool isClockSet = Note(sample, position);
        if (position.At is { } last && Resolution.Minute.Floor(last) != Resolution.Minute.Floor(sample.At))
            _tables.Roll(last, sample.At);
        _tables.Insert(sample);
        return new HistoryPosition(sample.At, sample.Every, sample.Uptime, isClockSet || position.Uptime is null ? sample.Uptime : position.ClockSet);
    }

    /// <summary>Makes the annotations that explain what lies between the last row and this one.</summary>
    /// <returns>Whether the clock was set.</returns>
    private bool Note(HistorySample sample, HistoryPosition position)
    {
        if (HasLaterRows)
        {
            HasLaterRows = false;
            Make(sample.At, AnnotationKind.Clock, new(
                "The history has points later than now: the clock was ahead when they were stored.", "历史中有晚于当前时间的数据点：保存它们时系统时钟偏快。"));
        }

        if (position.At is not { } last)
            return false;
        long passed = sample.At - last;
        // What another run wrote says nothing about the clock.
        long elapsed = position.Uptime is { } uptime ? (long)(sample.Uptime - uptime).TotalMilliseconds : passed;
        bool isClockSet = Math.Abs(passed - elapsed) >= ClockToleranceMilliseconds;
        if (isClockSet)
        {
            var by = Duration(Math.Abs(passed - elapsed));
            Make(Math.Min(sample.At, last + position.Every), AnnotationKind.Clock, passed < elapsed
                ? new Phrase("The clock was set back by {0}; the points from here on are drawn among the older ones.", "系统时钟被拨回 {0}；此后的数据点与较早的数据点重叠。").With(by)
                : new Phrase("The clock went ahead by {0}: it was set, or the machine slept.", "系统时钟前进了 {0}：被调整，或主机曾休眠。").With(by));
        }

        if (elapsed > 3 * Math.Max(position.Every, sample.Every))
        {
            Make(Math.Min(sample.At, last + position.Every), AnnotationKind.Gap, new Phrase(
                "Nothing is known of {0}: the monitor did not run, or could not read or store.", "缺少 {0}的数据：监控未运行，或无法读取或保存。").With(Duration(elapsed - position.Every)));
        }

        return isClockSet;
    }

    private void Make(long at, AnnotationKind kind, Phrase text)
    {
        var annotation = new Annotation(DateTimeOffset.FromUnixTimeMilliseconds(at), kind, text);
        _tables.Insert(annotation);
        _made.Add(annotation);
    }

    private static Phrase Duration(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds) switch
    {
        { TotalMinutes: < 2 } time => new Phrase("{0} s", "{0} 秒").With(Math.Round(time.TotalSeconds)),
        { TotalHours: < 2 } time => new Phrase("{0} min", "{0} 分钟").With(Math.Round(time.TotalMinutes)),
        { TotalDays: < 2 } time => new Phrase("{0} h", "{0} 小时").With(Math.Round(time.TotalHours)),
        var time => new Phrase("{0} days", "{0} 天").With(Math.Round(time.TotalDays)),
    };
}
