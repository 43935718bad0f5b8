using TcpLens.Core.Monitoring;
using TcpLens.Sqlite;

namespace TcpLens.Outputs.History;

/// <summary>The open file of a writer: its statements, prepared once.</summary>
internal sealed class HistoryTables : IDisposable
{
    /// <summary>Moments to look for one that is free, when the clock was set back onto times that have rows.</summary>
    private const int FreeMomentTries = 1000;

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _rollMinute;
    private readonly SqliteStatement _rollHour;
    private readonly SqliteStatement _annotate;

    private HistoryTables(SqliteDatabase database)
    {
        _database = database;
        _insert = database.Prepare(HistorySchema.Insert);
        _rollMinute = database.Prepare(HistorySchema.RollMinute);
        _rollHour = database.Prepare(HistorySchema.RollHour);
        _annotate = database.Prepare("INSERT INTO annotation (at, kind, english, chinese) VALUES (?1, ?2, ?3, ?4)");
    }

    /// <summary>Opens the file, which is ours or empty, and completes its tables.</summary>
    /// <param name="path">The file.</param>
    /// <param name="journalPages">Pages after which the journal is moved into the file.</param>
    /// <returns><see langword="null"/> when a newer program wrote it.</returns>
    /// <exception cref="SqliteException">It cannot be opened, or is damaged.</exception>
    public static HistoryTables? Open(string path, int journalPages)
    {
        var database = SqliteDatabase.ForWriting(path, TimeSpan.FromSeconds(2));
        try
        {
            // The mark beside the file says it is ours, its own header does not: nothing is written into what may be somebody's.
            bool isEmpty = database.Number("SELECT count(*) FROM sqlite_master") == 0;
            if (!isEmpty && !HistoryFile.IsNearlyOurs((int)(database.Number("PRAGMA application_id") ?? 0)))
                throw new SqliteException(SqliteCode.NotDatabase, "not a history");
            if (database.Number("PRAGMA user_version") > HistorySchema.Version)
            {
                database.Dispose();
                return null;
            }

            database.Run("PRAGMA cell_size_check = ON");
            // Before the first table, or it has no effect, and would be written into whatever is there.
            if (isEmpty)
                database.Run($"PRAGMA page_size = {HistorySchema.PageBytes}; PRAGMA auto_vacuum = INCREMENTAL");
            if (database.Word("PRAGMA quick_check(1)") is var verdict and not "ok")
                throw new SqliteException(SqliteCode.Corrupt, verdict);
            database.Run("BEGIN IMMEDIATE");
            database.Run($"PRAGMA application_id = {HistorySchema.ApplicationId}; PRAGMA user_version = {HistorySchema.Version}");
            HistorySchema.Complete(database);
            database.Run("COMMIT");
            if (database.Word("PRAGMA journal_mode = WAL") != "wal")
                throw new SqliteException(SqliteCode.InputOutput, "the file system allows no write-ahead log");
            database.Run($"PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = {journalPages}; PRAGMA journal_size_limit = {(long)journalPages * HistorySchema.PageBytes}; PRAGMA cache_size = -2048");
            return new HistoryTables(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of the file that hold something.</summary>
    public long UsedBytes => PageBytes("page_count") - PageBytes("freelist_count");

    public long FileBytes => PageBytes("page_count");

    /// <summary>The last row that is not later than <paramref name="now"/>, and its interval.</summary>
    public (long At, long Every)? LastRow(long now) =>
        _database.Number("SELECT max(at) FROM second WHERE at <= ?1", now) is not { } at ? null
            : (at, _database.Number("SELECT every FROM second WHERE at = ?1", at) ?? 1000);

    public long? Oldest(Resolution resolution) => _database.Number($"SELECT min(at) FROM {resolution.Table}");

    public bool HasRowsAfter(long moment) => _database.Number("SELECT max(at) FROM second") > moment;

    /// <summary>Everything in it, or nothing.</summary>
    public void Transaction(Action work)
    {
        _database.Run("BEGIN IMMEDIATE");
        try
        {
            work();
            _database.Run("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Adds a row; at the next free millisecond when the clock was set back onto one that is taken. A row is never overwritten.</summary>
    public void Insert(HistorySample sample)
    {
        for (int i = 0; i < sample.Values.Length; i++)
            _insert.Bind(i + 3, sample.Values[i]);
        _insert.Bind(2, sample.Every);
        for (int later = 0; ; later++)
        {
            _insert.Bind(1, sample.At + later);
            try
            {
                _insert.Run();
                return;
            }
            catch (SqliteException taken) when (taken.Code == SqliteCode.Constraint && later < FreeMomentTries)
            {
                // The next one.
            }
        }
    }

    public void Insert(Annotation annotation)
    {
        _annotate.Bind(1, annotation.At.ToUnixTimeMilliseconds());
        _annotate.Bind(2, annotation.Kind.ToString());
        _annotate.Bind(3, annotation.Text.English);
        _annotate.Bind(4, annotation.Text.Chinese);
        _annotate.Run();
    }

    /// <summary>Rolls up the minute of a moment, and its hour unless <paramref name="next"/> is in the same.</summary>
    public void Roll(long moment, long next)
    {
        _rollMinute.Bind(1, Resolution.Minute.Floor(moment));
        _rollMinute.Run();
        if (Resolution.Hour.Floor(moment) == Resolution.Hour.Floor(next))
            return;
        _rollHour.Bind(1, Resolution.Hour.Floor(moment));
        _rollHour.Run();
    }

    /// <summary>
    /// Rolls up what a run that ended suddenly left: every minute and hour with finer rows since the last that was, but not those of the
    /// last row. They are still open: samples that waited may yet come.
    /// </summary>
    public void RollRest(long lastRow)
    {
        foreach (var (finer, coarser, roll) in new[] { (Resolution.Second, Resolution.Minute, _rollMinute), (Resolution.Minute, Resolution.Hour, _rollHour) })
        {
            long last = _database.Number($"SELECT max(at) FROM {coarser.Table} WHERE at <= ?1", lastRow) ?? 0;
            var open = new List<long>();
            using (var query = _database.Prepare($"SELECT DISTINCT at / {coarser.Milliseconds} FROM {finer.Table} WHERE at >= {last} AND at < {coarser.Floor(lastRow)}"))
            {
                while (query.Step())
                    open.Add(query.Integer(0) * coarser.Milliseconds);
            }

            foreach (long begin in open)
            {
                roll.Bind(1, begin);
                roll.Run();
            }
        }
    }

    /// <summary>Deletes rows that are older than <paramref name="moment"/>, the oldest first.</summary>
    /// <returns>How many there were, at most <paramref name="most"/>.</returns>
    public int Delete(string table, long moment, int most)
    {
        _database.Run($"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE at < {moment} ORDER BY at LIMIT {most})");
        return (int)(_database.Number("SELECT changes()") ?? 0);
    }

    /// <summary>Gives free pages back to the file system.</summary>
    public void Shrink(int pages) => _database.Run($"PRAGMA incremental_vacuum({pages})");

    public void Dispose()
    {
        _insert.Dispose();
        _rollMinute.Dispose();
        _rollHour.Dispose();
        _annotate.Dispose();
        _database.Dispose();
    }

    private long PageBytes(string pragma) => (_database.Number($"PRAGMA {pragma}") ?? 0) * HistorySchema.PageBytes;

    private void RollBack()
    {
        try
        {
            _database.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back itself, as it does for a full disk; the first failure is the one that is told.
        }
    }
}
