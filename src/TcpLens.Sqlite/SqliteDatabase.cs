using SQLitePCL;

namespace TcpLens.Sqlite;

/// <summary>One connection to a SQLite file, for one thread at a time.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int OpenReadOnly = 0x1;
    private const int OpenReadWrite = 0x2;
    private const int OpenCreate = 0x4;
    private const int OpenUri = 0x40;
    private const int OpenNoMutex = 0x8000;

    private readonly sqlite3 _handle;

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    public static SqliteDatabase ForWriting(string path, TimeSpan patience) => Open(path, OpenReadWrite | OpenCreate | OpenNoMutex, patience);

    /// <summary>Opens a file that is there, and never changes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isImmutable">Whether nobody writes to it and no journal lies beside it: it is then read without leaving any trace.</param>
    /// <param name="patience">How long to wait for a lock.</param>
    public static SqliteDatabase ForReading(string path, bool isImmutable, TimeSpan patience) => isImmutable
        ? Open($"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1", OpenReadOnly | OpenNoMutex | OpenUri, patience)
        : Open(path, OpenReadOnly | OpenNoMutex, patience);

    public void Run(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return new SqliteStatement(this, statement);
    }

    /// <summary>The first number that <paramref name="sql"/> gives; <see langword="null"/> when it gives no row, or NULL.</summary>
    public long? Number(string sql, params ReadOnlySpan<long> values)
    {
        using var statement = Prepare(sql);
        for (int i = 0; i < values.Length; i++)
            statement.Bind(i + 1, values[i]);
        return statement.Step() && !statement.IsNull(0) ? statement.Integer(0) : null;
    }

    public string Word(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>The names of a table's columns; none when there is no such table.</summary>
    public HashSet<string> Columns(string table)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var statement = Prepare($"SELECT name FROM pragma_table_info('{table}')");
        while (statement.Step())
            names.Add(statement.Text(0));
        return names;
    }

    public void Check(int code)
    {
        if (code is not (SqliteCode.Ok or SqliteCode.Row or SqliteCode.Done))
            throw new SqliteException(raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string());
    }

    public void Dispose() => _handle.Dispose();

    private static SqliteDatabase Open(string path, int flags, TimeSpan patience)
    {
        if (SqliteLibrary.Missing is { } missing)
            throw new SqliteException(SqliteCode.CannotOpen, missing);
        int code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var database = new SqliteDatabase(handle);
        try
        {
            database.Check(code);
            raw.sqlite3_extended_result_codes(handle, 1);
            raw.sqlite3_busy_timeout(handle, (int)patience.TotalMilliseconds);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
