namespace TcpLens.Sqlite;

/// <summary>SQLite refused something. Whoever uses the file says what it means to people.</summary>
/// <param name="code">SQLite's extended result code.</param>
/// <param name="words">SQLite's own words.</param>
internal sealed class SqliteException(int code, string words) : Exception($"{words} (SQLite {code})")
{
    /// <summary>The primary result code, <c>SQLITE_*</c> in sqlite3.h.</summary>
    public int Code => code & 0xff;

    /// <summary>The file is not, or no more, a database that can be relied on.</summary>
    public bool IsDamage => Code is SqliteCode.Corrupt or SqliteCode.NotDatabase;
}
