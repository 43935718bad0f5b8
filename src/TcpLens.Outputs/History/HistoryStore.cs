using TcpLens.Core.History;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.Sqlite;

namespace TcpLens.Outputs.History;

/// <summary>
/// The history that the resident monitor keeps: one SQLite file, written by one thread of its own, read by any number beside it. Trouble
/// with the file never stops the monitor: it stands in <see cref="Status"/>, is tried again, and what could not be stored is counted.
/// </summary>
public sealed class HistoryStore : IHistory, IDisposable
{
    /// <summary>Samples that wait for the disk: five minutes at one a second, half a megabyte.</summary>
    public const int WaitingMaximum = 300;

    /// <summary>What is stored in one transaction, so that a long queue does not become a long lock.</summary>
    private const int BatchMaximum = 60;

    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly HistorySettings _settings;
    private readonly TimeProvider _clock;
    private readonly Action<Annotation>? _told;
    private readonly HistoryFile _file;
    private readonly HistoryReaders _readers;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly Queue<object> _waiting = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly ManualResetEventSlim _settled = new(false);
    private HistoryWriter? _writer;
    private Phrase? _trouble = HistoryTrouble.Opening;
    private long? _triedAt;
    private long _lost;
    private long _lostBeforeTrouble;
    private long _oldest;
    private volatile bool _isEnding;
    private volatile bool _isSuspect;

    private HistoryStore(HistorySettings settings, TimeProvider clock, Action<Annotation>? told)
    {
        _settings = settings;
        _clock = clock;
        _told = told;
        _file = new HistoryFile(settings.Path);
        _readers = new HistoryReaders(_file.Path, isWritten: true, () => _isSuspect = true);
        _thread = new Thread(Work) { IsBackground = true, Name = "history" };
    }

    public HistoryStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new HistoryStatus
                {
                    IsKept = _trouble is null,
                    Path = _file.Path,
                    Bytes = HistoryFile.Bytes(_file.Path),
                    Oldest = _oldest == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(_oldest),
                    Lost = _lost,
                    Trouble = _trouble,
                };
            }
        }
    }

    /// <summary>Begins to keep the history. Never throws for trouble with the file, and does not wait for it.</summary>
    /// <param name="settings">Where and how much.</param>
    /// <param name="clock">For the names of damaged files, and for waiting.</param>
    /// <param name="told">Is told what the history notes itself (a gap, a set clock, trouble), on the writing thread.</param>
    public static HistoryStore Open(HistorySettings settings, TimeProvider clock, Action<Annotation>? told = null)
    {
        var store = new HistoryStore(settings, clock, told);
        store._thread.Start();
        return store;
    }

    /// <summary>Hands a report over and returns at once. A tick that could not read has nothing to store.</summary>
    public void Add(Report report)
    {
        if (report.Own is not null)
            Add(new HistorySample(report.At.ToUnixTimeMilliseconds(), report.Uptime, (long)report.Pace.Interval.TotalMilliseconds, report.Values));
    }

    /// <summary>Hands over what happened, and returns at once.</summary>
    public void Add(Annotation annotation) => Add((object)annotation);

    public HistoryAnswer Read(HistoryQuestion question)
    {
        Phrase? trouble;
        lock (_lock)
            trouble = _trouble;
        if (!_file.IsOurs)
            return HistoryAnswer.Empty(question, trouble);
        // Trouble with writing need not be trouble with reading: what is there is shown.
        var answer = _readers.Read(question);
        return answer.Trouble is null ? answer with { Trouble = trouble } : answer;
    }

    /// <summary>Waits until everything handed over so far is stored, or cannot be for now.</summary>
    /// <returns>Whether everything is stored.</returns>
    public bool Flush(TimeSpan patience)
    {
        lock (_lock)
        {
            _settled.Reset();
            _work.Release();
        }

        bool isSettled = _settled.Wait(patience);
        lock (_lock)
            return isSettled && _waiting.Count == 0 && _trouble is null;
    }

    /// <summary>Stores what waits, within five seconds, and closes the file.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _work.Release();
        // A disk that hangs must not keep the monitor from ending; the thread ends with the process.
        if (!_thread.Join(s_farewell))
            return;
        _readers.Dispose();
        _writer?.Dispose();
        _file.Dispose();
        _work.Dispose();
        _settled.Dispose();
    }

    private void Add(object item)
    {
        lock (_lock)
        {
            if (_waiting.Count >= WaitingMaximum && _waiting.Dequeue() is HistorySample)
                _lost++;
            _waiting.Enqueue(item);
        }

        if (!_isEnding)
            _work.Release();
    }

    private void Work()
    {
        while (true)
        {
            bool isLast = _isEnding;
            Attempt();
            if (isLast)
                return;
            _work.Wait();
        }
    }

    /// <summary>Stores what waits, unless the file made trouble a moment ago.</summary>
    private void Attempt()
    {
        bool mayTry = _isEnding || _triedAt is not { } tried || _clock.GetElapsedTime(tried) >= _settings.RetryAfter;
        if (mayTry)
        {
            try
            {
                Reopen();
                while (_writer is not null && Take() is { Length: > 0 } batch)
                    Store(batch);
                _writer?.Tend();
            }
            catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
            {
                Fail(failure);
            }
        }

        lock (_lock)
        {
            if (_waiting.Count == 0 || _trouble is not null)
                _settled.Set();
        }
    }

    private void Store(object[] batch)
    {
        var made = _writer!.Store(batch);
        lock (_lock)
        {
            // Items that were dropped while these were being stored stood among them.
            for (int i = 0; i < batch.Length && _waiting.TryPeek(out object? first); i++)
            {
                if (ReferenceEquals(first, batch[i]))
                    _waiting.Dequeue();
                else if (batch[i] is HistorySample)
                    _lost--;
            }
        }

        foreach (var annotation in made)
            _told?.Invoke(annotation);
        Recover();
    }

    private object[] Take()
    {
        lock (_lock)
            return [.. _waiting.Take(BatchMaximum)];
    }

    private void Reopen()
    {
        if (_isSuspect && _writer is not null)
        {
            // A reader met damage: opening anew judges the whole file.
            Close();
        }

        _isSuspect = false;
        if (_writer is not null)
            return;
        if (_file.Claim() is { } reason)
        {
            Complain(reason);
            return;
        }

        if (HistoryTables.Open(_file.Path, HistoryPruning.JournalPages(_settings)) is not { } tables)
        {
            Complain(HistoryTrouble.Newer(_file.Path));
            return;
        }

        _file.Mark();
        _writer = new HistoryWriter(tables, _settings, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        Recover();
    }

    private void Fail(Exception failure)
    {
        Complain(HistoryTrouble.Of(_file.Path, failure));
        var sqlite = failure as SqliteException;
        if (sqlite?.Code is SqliteCode.Full or SqliteCode.Busy or SqliteCode.Locked)
            return;
        Close();
        if (sqlite?.IsDamage == true)
            SetAside();
    }

    private void SetAside()
    {
        try
        {
            var now = _clock.GetUtcNow();
            if (_file.SetAside(now) is not { } aside)
            {
                Complain(HistoryTrouble.TooManyAside(_file.Path));
                return;
            }

            _triedAt = null;
            lock (_lock)
                _oldest = 0;
            var annotation = new Annotation(now, AnnotationKind.History, HistoryTrouble.SetAside(_file.Path, aside));
            Note(annotation);
            Reopen();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            Complain(HistoryTrouble.Of(_file.Path, failure));
        }
    }

    private void Complain(Phrase trouble)
    {
        _triedAt = _clock.GetTimestamp();
        bool isNew;
        lock (_lock)
        {
            isNew = _trouble != trouble;
            if (_trouble is null || _trouble == HistoryTrouble.Opening)
                _lostBeforeTrouble = _lost;
            _trouble = trouble;
        }

        if (isNew)
            Note(new Annotation(_clock.GetUtcNow(), AnnotationKind.History, trouble));
    }

    private void Recover()
    {
        _triedAt = null;
        Phrase? before;
        long lost;
        lock (_lock)
        {
            before = _trouble;
            lost = _lost - _lostBeforeTrouble;
            _trouble = null;
            _oldest = _writer?.Oldest ?? 0;
        }

        if (before is not null && before != HistoryTrouble.Opening)
            Note(new Annotation(_clock.GetUtcNow(), AnnotationKind.History, new Phrase("The history is being stored again; {0} samples were lost.", "历史数据已恢复保存；丢失 {0} 个采样。").With(lost)));
    }

    /// <summary>Stores an annotation of the history itself as soon as that can be done, and tells it at once.</summary>
    private void Note(Annotation annotation)
    {
        Add((object)annotation);
        _told?.Invoke(annotation);
    }

    private void Close()
    {
        _readers.CloseAll();
        _writer?.Dispose();
        _writer = null;
    }
}
