using System.Collections.Concurrent;
using TcpLens.Core.History;
using TcpLens.Core.Text;
using TcpLens.Sqlite;

namespace TcpLens.Outputs.History;

/// <summary>Connections that only read: a few, opened when they are needed and kept. A question takes one for itself.</summary>
/// <param name="path">The file.</param>
/// <param name="isWritten">Whether this process writes it: then it is never taken for a copy that nobody writes to.</param>
/// <param name="damaged">Is called when a reader met damage.</param>
internal sealed class HistoryReaders(string path, bool isWritten, Action damaged) : IDisposable
{
    /// <summary>Questions at once: more would only wait for each other's disk.</summary>
    private const int ReadersMaximum = 4;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(ReadersMaximum);
    private readonly ConcurrentBag<(SqliteDatabase Database, int Generation)> _idle = [];
    private int _generation;

    /// <summary>Answers, or says why not.</summary>
    public HistoryAnswer Read(HistoryQuestion question)
    {
        if (!_places.Wait(s_patience))
            return HistoryAnswer.Empty(question, HistoryTrouble.Busy);
        try
        {
            return Answer(question);
        }
        catch (SqliteException failure)
        {
            if (failure.IsDamage)
                damaged();
            return HistoryAnswer.Empty(question, HistoryTrouble.Of(path, failure));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return HistoryAnswer.Empty(question, HistoryTrouble.Of(path, failure));
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Closes the connections to a file that is about to be replaced; the busy ones when they are done.</summary>
    public void CloseAll()
    {
        Interlocked.Increment(ref _generation);
        while (_idle.TryTake(out var reader))
            reader.Database.Dispose();
    }

    public void Dispose()
    {
        CloseAll();
        _places.Dispose();
    }

    private HistoryAnswer Answer(HistoryQuestion question)
    {
        int generation = Volatile.Read(ref _generation);
        if (!_idle.TryTake(out var reader) || reader.Generation != generation)
        {
            reader.Database?.Dispose();
            if (Unreadable() is { } trouble)
                return HistoryAnswer.Empty(question, trouble);
            reader = (Open(), generation);
        }

        bool isSound = false;
        try
        {
            var answer = new HistoryQuery(reader.Database, path, question, HistoryDeadline.In(s_patience)).Answer();
            isSound = true;
            return answer;
        }
        finally
        {
            if (isSound && generation == Volatile.Read(ref _generation))
                _idle.Add(reader);
            else
                reader.Database.Dispose();
        }
    }

    // Before the file is opened. The writing process never looks into it from outside: closing it would drop the locks of SQLite's own descriptors.
    private Phrase? Unreadable() => isWritten ? null : HistoryFile.OwnerOf(path) switch
    {
        FileOwner.Nobody => HistoryTrouble.Missing(path),
        FileOwner.Stranger => HistoryTrouble.Stranger(path),
        _ => null,
    };

    private SqliteDatabase Open()
    {
        // Without a journal nobody writes at this moment, so nothing need be locked, nor left beside a copy in a directory of somebody else.
        bool isImmutable = !isWritten && !File.Exists(path + "-wal");
        return SqliteDatabase.ForReading(path, isImmutable, s_patience);
    }
}
