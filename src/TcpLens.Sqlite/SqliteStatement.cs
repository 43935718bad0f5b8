using SQLitePCL;

namespace TcpLens.Sqlite;

/// <summary>A prepared statement. Parameters count from 1 and columns from 0, as in SQLite.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    public void Bind(int parameter, long value) => database.Check(raw.sqlite3_bind_int64(handle, parameter, value));

    public void Bind(int parameter, string value) => database.Check(raw.sqlite3_bind_text(handle, parameter, value));

    public void Bind(int parameter, double? value) =>
        database.Check(value is { } known ? raw.sqlite3_bind_double(handle, parameter, known) : raw.sqlite3_bind_null(handle, parameter));

    /// <summary>Goes to the next row; <see langword="false"/> behind the last.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(handle);
        database.Check(code);
        return code == SqliteCode.Row;
    }

    /// <summary>Runs it to its end and makes it ready for the next time, also after a failure.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
                // Nobody wants the rows.
            }
        }
        finally
        {
            _ = raw.sqlite3_reset(handle);
        }
    }

    /// <summary>Ends it before its last row, and makes it ready for the next time.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public double Real(int column) => raw.sqlite3_column_double(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public void Dispose() => handle.Dispose();
}
