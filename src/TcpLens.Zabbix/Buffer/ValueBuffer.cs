using Microsoft.Extensions.Logging;
using TcpLens.Sqlite;

namespace TcpLens.Zabbix.Buffer;

/// <summary>
/// Values that wait for servers, on disk in one SQLite file with a lane for each destination, bounded in bytes and number. When it is full, the
/// oldest values of the largest lane go and are counted. Trouble with the file stops nobody: values then wait in memory, likewise bounded, and
/// are stored when that can be done again; the trouble stands in <see cref="Status"/> and in the log.
/// </summary>
public sealed class ValueBuffer : IDisposable
{
    private readonly BufferSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly BufferFile _file;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BufferLane> _lanes = new(StringComparer.Ordinal);
    private BufferTables? _tables;
    private LaneRows? _rows;
    private string? _trouble;
    private long? _triedAt;
    private bool _isFull;
    private long _droppedBefore;

    private ValueBuffer(BufferSettings settings, TimeProvider clock, ILogger log)
    {
        _settings = settings;
        _clock = clock;
        _log = log;
        _file = new BufferFile(settings.Path);
    }

    public BufferStatus Status
    {
        get
        {
            lock (_lock)
                return new BufferStatus { Path = _file.Path, Trouble = _trouble, Lanes = [.. _lanes.Values.ToArray().Select(StatusOf)] };
        }
    }

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="BufferException">It is another's. Any other trouble is told later and tried again.</exception>
    public static ValueBuffer Open(BufferSettings settings, TimeProvider clock, ILogger log)
    {
        var buffer = new ValueBuffer(settings, clock, log);
        try
        {
            buffer.Begin();
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>The lane of that name, with what waits in it from before.</summary>
    public BufferLane Lane(string name)
    {
        lock (_lock)
        {
            if (_lanes.TryGetValue(name, out var known))
                return known;
            var lane = new BufferLane(this, name);
            _lanes.Add(name, lane);
            Try(() => _rows!.Load(lane));
            return lane;
        }
    }

    /// <summary>Stores what is in memory, if it can be, and closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            TellDropped();
            _triedAt = null;
            if (_tables is not null && _trouble is not null)
                _ = IsReady();
            _tables?.Dispose();
            _tables = null;
            _file.Dispose();
        }
    }

    internal T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }

    internal void Add(BufferLane lane, IReadOnlyList<NewValue> values)
    {
        lock (_lock)
        {
            if (!Try(() => _rows!.Store(lane, values)))
            {
                foreach (var value in values)
                    lane.Keep(lane.Next(value));
                ShrinkMemory();
            }

            Shrink();
        }
    }

    internal IReadOnlyList<WaitingValue> Peek(BufferLane lane, int count, long bytes)
    {
        var found = new List<WaitingValue>();
        bool Take(WaitingValue value)
        {
            bytes -= value.Bytes;
            if (found.Count > 0 && (bytes < 0 || value.Session != found[0].Session))
                return false;
            found.Add(value);
            return found.Count < count;
        }

        lock (_lock)
        {
            _ = IsReady();
            Try(() => _rows!.Read(lane, count, Take), evenInTrouble: true);
            if (found.Count > 0)
                return found;
            foreach (var value in lane.Memory)
            {
                if (!Take(value))
                    break;
            }

            return found;
        }
    }

    internal void Remove(BufferLane lane, WaitingValue last)
    {
        lock (_lock)
        {
            if (lane.Memory.Any(value => value.Session == last.Session && value.Id == last.Id))
            {
                WaitingValue gone;
                do
                {
                    gone = lane.Memory.Peek();
                    lane.ForgetOldestInMemory();
                }
                while (gone.Session != last.Session || gone.Id != last.Id);
                return;
            }

            lane.Done = last;
            Try(() => _rows!.DeleteDone(lane), evenInTrouble: true);
            if (!IsNearlyFull())
                TellDropped();
        }
    }

    internal void SetNote(BufferLane lane, string note)
    {
        lock (_lock)
        {
            if (lane.NoteText == note)
                return;
            lane.NoteText = note;
            lane.IsNoteUnstored = true;
            Try(() => _rows!.StoreNote(lane));
        }
    }

    internal LaneStatus StatusOf(BufferLane lane)
    {
        lock (_lock)
        {
            WaitingValue? oldest = null;
            Try(() => _rows!.Read(lane, 1, value =>
            {
                oldest = value;
                return false;
            }), evenInTrouble: true);
            oldest ??= lane.Memory.TryPeek(out var first) ? first : null;
            return new LaneStatus
            {
                Name = lane.Name,
                Waiting = lane.Stored.Count + lane.Memory.Count,
                WaitingBytes = lane.Stored.Bytes + lane.MemoryBytes,
                InMemory = lane.Memory.Count,
                Dropped = lane.Dropped,
                Oldest = oldest is null ? null : DateTimeOffset.FromUnixTimeSeconds(oldest.Value.Clock),
            };
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            // A damaged file is set aside at the first try.
            if ((IsReady() || IsReady()) && _lanes.Values.Sum(lane => lane.Stored.Count) is > 0 and var waiting)
                BufferLog.Waiting(_log, _file.Path, waiting);
        }
    }

    /// <summary>Does something with the file; <see langword="false"/> when that failed, which has then been told.</summary>
    private bool Try(Action work, bool evenInTrouble = false)
    {
        if (!IsReady() && (!evenInTrouble || _tables is null))
            return false;
        try
        {
            work();
            return true;
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            Fail(failure);
            return false;
        }
    }

    /// <summary>Whether the file is open and nothing waits in memory; sees to it when it is time to.</summary>
    private bool IsReady()
    {
        if (_tables is not null && _trouble is null)
            return true;
        if (_triedAt is { } tried && _clock.GetElapsedTime(tried) < _settings.RetryAfter)
            return false;
        try
        {
            Reopen();
            long count = _lanes.Values.Sum(lane => lane.Memory.Count);
            _rows!.StoreMemory(_lanes.Values);
            if (_trouble is not null)
                BufferLog.Recovered(_log, _file.Path, count);
            _trouble = null;
            _triedAt = null;
            return true;
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            Fail(failure);
            return false;
        }
    }

    private void Reopen()
    {
        if (_tables is not null)
            return;
        _file.Claim();
        _tables = BufferTables.Open(_file.Path);
        _file.Mark();
        foreach (string name in _tables.LaneNames())
        {
            if (!_lanes.ContainsKey(name))
                _lanes.Add(name, new BufferLane(this, name));
        }

        _rows = new LaneRows(_tables);
        foreach (var lane in _lanes.Values)
            _rows.Load(lane);
    }

    private void Shrink()
    {
        while (_lanes.Values.Sum(lane => lane.Stored.Count) - _settings.ValuesMaximum is var tooMany
            && _lanes.Values.Sum(lane => lane.Stored.Bytes) - _settings.BytesMaximum is var tooLarge
            && (tooMany > 0 || tooLarge > 0))
        {
            var lane = _lanes.Values.MaxBy(one => tooMany > 0 ? one.Stored.Count : one.Stored.Bytes)!;
            if (!_isFull)
            {
                BufferLog.Full(_log, lane.Name, lane.Stored.Count);
                _droppedBefore = _lanes.Values.Sum(one => one.Dropped);
            }

            _isFull = true;
            if (!Try(() => _rows!.Drop(lane, tooMany, tooLarge)))
                return;
        }
    }

    private void ShrinkMemory()
    {
        while (_lanes.Values.Sum(lane => lane.Memory.Count) > _settings.MemoryValuesMaximum || _lanes.Values.Sum(lane => lane.MemoryBytes) > _settings.MemoryBytesMaximum)
        {
            var lane = _lanes.Values.MaxBy(one => one.MemoryBytes)!;
            lane.ForgetOldestInMemory();
            CountDropped(lane, 1);
        }
    }

    private void TellDropped()
    {
        if (_isFull)
            BufferLog.Dropped(_log, _lanes.Values.Sum(lane => lane.Dropped) - _droppedBefore);
        _isFull = false;
    }

    private static void CountDropped(BufferLane lane, long count)
    {
        lane.Dropped += count;
        lane.DroppedUnstored += count;
    }

    private bool IsNearlyFull() =>
        _lanes.Values.Sum(lane => lane.Stored.Count) > _settings.ValuesMaximum * 9 / 10 || _lanes.Values.Sum(lane => lane.Stored.Bytes) > _settings.BytesMaximum * 9 / 10;

    private void Fail(Exception failure)
    {
        string trouble = BufferFile.Words(_file.Path, failure);
        if (_trouble != trouble)
            BufferLog.Trouble(_log, trouble, _settings.MemoryValuesMaximum);
        // Values in memory must never share a session with values in the file: whichever are sent later would be taken for old ones.
        if (_trouble is null)
        {
            foreach (var lane in _lanes.Values)
                lane.Renew();
        }

        _trouble = trouble;
        _triedAt = _clock.GetTimestamp();
        if (failure is SqliteException { Code: SqliteCode.Full or SqliteCode.Busy or SqliteCode.Locked })
            return;
        _tables?.Dispose();
        _tables = null;
        if (failure is SqliteException { IsDamage: true })
            SetAside();
    }

    private void SetAside()
    {
        try
        {
            if (_file.SetAside(_clock.GetUtcNow()) is not { } aside)
            {
                BufferLog.TooManyAside(_log, _file.Path);
                return;
            }

            BufferLog.SetAside(_log, _file.Path, aside, _lanes.Values.Sum(lane => lane.Stored.Count));
            foreach (var lane in _lanes.Values)
            {
                // The counts and notes of the old file go on in the new one.
                lane.DroppedUnstored = lane.Dropped + lane.Stored.Count;
                lane.Dropped = lane.DroppedUnstored;
                lane.Stored = default;
                lane.Number = null;
                lane.Done = null;
                lane.IsNoteUnstored = lane.NoteText.Length > 0;
            }

            _triedAt = null;
        }
        catch (Exception stuck) when (stuck is IOException or UnauthorizedAccessException)
        {
            _trouble = BufferFile.Words(_file.Path, stuck);
            BufferLog.Trouble(_log, _trouble, _settings.MemoryValuesMaximum);
        }
    }
}
