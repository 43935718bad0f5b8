using TcpLens.Sqlite;

namespace TcpLens.Zabbix.Buffer;

/// <summary>
/// The open file. A lane has a row, a session has a row, a value has a row; the order of the values of a lane is that of sessions, then of ids.
/// A commit is in the page cache of the kernel when it returns (WAL, <c>synchronous = NORMAL</c>): the process may be killed at any moment. When
/// the power fails, the commits since the last checkpoint may be gone: values of the last moments, and the knowledge that others were sent.
/// </summary>
internal sealed class BufferTables : IDisposable
{
    private const int Version = 1;

    /// <summary>Pages (of 4 KiB) after which the journal is moved into the file.</summary>
    private const int JournalPages = 1000;

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _read;

    private BufferTables(SqliteDatabase database)
    {
        _database = database;
        _insert = database.Prepare("INSERT INTO value (lane, session, id, item, text, supported, clock, ns, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        _read = database.Prepare(
            "SELECT token, id, item, text, supported, clock, ns FROM value JOIN session ON session.number = value.session"
            + " WHERE value.lane = ?1 AND (value.session, id) > (?2, ?3) ORDER BY value.session, id LIMIT ?4");
    }

    /// <summary>Opens the file, which is ours or empty.</summary>
    /// <exception cref="SqliteException">It cannot be opened, or is damaged.</exception>
    /// <exception cref="BufferException">A newer program wrote it.</exception>
    public static BufferTables Open(string path)
    {
        var database = SqliteDatabase.ForWriting(path, TimeSpan.FromSeconds(2));
        try
        {
            if (database.Number("PRAGMA user_version") > Version)
                throw new BufferException(BufferFault.Newer, path);
            database.Run("PRAGMA cell_size_check = ON");
            if (database.Word("PRAGMA quick_check(1)") is var verdict and not "ok")
                throw new SqliteException(SqliteCode.Corrupt, verdict);
            database.Run("BEGIN IMMEDIATE");
            database.Run($"PRAGMA application_id = {BufferFile.ApplicationId}; PRAGMA user_version = {Version}");
            database.Run(
                "CREATE TABLE IF NOT EXISTS lane (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, dropped INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '');"
                + "CREATE TABLE IF NOT EXISTS session (number INTEGER PRIMARY KEY AUTOINCREMENT, lane INTEGER NOT NULL, token TEXT NOT NULL);"
                + "CREATE TABLE IF NOT EXISTS value (lane INTEGER NOT NULL, session INTEGER NOT NULL, id INTEGER NOT NULL, item TEXT NOT NULL, text TEXT NOT NULL,"
                + " supported INTEGER NOT NULL, clock INTEGER NOT NULL, ns INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (lane, session, id));"
                + "DELETE FROM session WHERE NOT EXISTS (SELECT 1 FROM value WHERE value.lane = session.lane AND value.session = session.number)");
            database.Run("COMMIT");
            if (database.Word("PRAGMA journal_mode = WAL") != "wal")
                throw new SqliteException(SqliteCode.InputOutput, "the file system allows no write-ahead log");
            database.Run($"PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = {JournalPages}; PRAGMA journal_size_limit = {JournalPages * 4096}; PRAGMA cache_size = -2048");
            return new BufferTables(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>All of it or nothing.</summary>
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
            try
            {
                _database.Run("ROLLBACK");
            }
            catch (SqliteException)
            {
                // SQLite rolled back itself: a full disk and a broken one do that.
            }

            throw;
        }
    }

    public IReadOnlyList<string> LaneNames()
    {
        var names = new List<string>();
        using var statement = _database.Prepare("SELECT name FROM lane ORDER BY number");
        while (statement.Step())
            names.Add(statement.Text(0));
        return names;
    }

    /// <summary>The number of a lane, which is made when it is new.</summary>
    public long Lane(string name)
    {
        using (var insert = _database.Prepare("INSERT OR IGNORE INTO lane (name) VALUES (?1)"))
        {
            insert.Bind(1, name);
            insert.Run();
        }

        using var find = _database.Prepare("SELECT number FROM lane WHERE name = ?1");
        find.Bind(1, name);
        find.Step();
        return find.Integer(0);
    }

    public (long Count, long Bytes) Waiting(long lane) =>
        (_database.Number("SELECT count(*) FROM value WHERE lane = ?1", lane) ?? 0, _database.Number("SELECT sum(bytes) FROM value WHERE lane = ?1", lane) ?? 0);

    public long Dropped(long lane) => _database.Number("SELECT dropped FROM lane WHERE number = ?1", lane) ?? 0;

    public void AddDropped(long lane, long count)
    {
        using var update = _database.Prepare("UPDATE lane SET dropped = dropped + ?2 WHERE number = ?1");
        update.Bind(1, lane);
        update.Bind(2, count);
        update.Run();
    }

    public string Note(long lane)
    {
        using var read = _database.Prepare("SELECT note FROM lane WHERE number = ?1");
        read.Bind(1, lane);
        return read.Step() ? read.Text(0) : "";
    }

    public void SetNote(long lane, string note)
    {
        using var update = _database.Prepare("UPDATE lane SET note = ?2 WHERE number = ?1");
        update.Bind(1, lane);
        update.Bind(2, note);
        update.Run();
    }

    /// <summary>The number of a session, which is made when it is new; later ones are higher.</summary>
    public long Session(long lane, string token)
    {
        if (FindSession(lane, token) is { } known)
            return known;
        using var insert = _database.Prepare("INSERT INTO session (lane, token) VALUES (?1, ?2)");
        insert.Bind(1, lane);
        insert.Bind(2, token);
        insert.Run();
        return _database.Number("SELECT last_insert_rowid()") ?? 0;
    }

    public long? FindSession(long lane, string token)
    {
        using var find = _database.Prepare("SELECT number FROM session WHERE lane = ?1 AND token = ?2");
        find.Bind(1, lane);
        find.Bind(2, token);
        return find.Step() ? find.Integer(0) : null;
    }

    public void Insert(long lane, long session, WaitingValue value)
    {
        _insert.Bind(1, lane);
        _insert.Bind(2, session);
        _insert.Bind(3, value.Id);
        _insert.Bind(4, value.Value.Item);
        _insert.Bind(5, value.Value.Text);
        _insert.Bind(6, value.Value.IsSupported ? 1 : 0);
        _insert.Bind(7, value.Value.Clock);
        _insert.Bind(8, value.Value.Nanoseconds);
        _insert.Bind(9, value.Bytes);
        _insert.Run();
    }

    /// <summary>The oldest values of a lane behind a place, in order, as long as <paramref name="wanted"/> takes them.</summary>
    public void Read(long lane, (long Session, long Id) behind, int count, Func<WaitingValue, bool> wanted)
    {
        _read.Bind(1, lane);
        _read.Bind(2, behind.Session);
        _read.Bind(3, behind.Id);
        _read.Bind(4, count);
        try
        {
            while (_read.Step())
            {
                var value = new NewValue(_read.Text(2), _read.Text(3), _read.Integer(4) != 0, _read.Integer(5), (int)_read.Integer(6));
                if (!wanted(new WaitingValue(_read.Text(0), _read.Integer(1), value)))
                    return;
            }
        }
        finally
        {
            _read.Reset();
        }
    }

    /// <summary>Deletes the values of a lane up to a place, and that one too.</summary>
    /// <returns>How many there were, and their bytes.</returns>
    public (long Count, long Bytes) Delete(long lane, (long Session, long Id) through)
    {
        const string range = "FROM value WHERE lane = ?1 AND (session, id) <= (?2, ?3)";
        long bytes = _database.Number($"SELECT sum(bytes) {range}", lane, through.Session, through.Id) ?? 0;
        using var delete = _database.Prepare($"DELETE {range}");
        delete.Bind(1, lane);
        delete.Bind(2, through.Session);
        delete.Bind(3, through.Id);
        delete.Run();
        return (_database.Number("SELECT changes()") ?? 0, bytes);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _read.Dispose();
        _database.Dispose();
    }
}
