namespace TcpLens.Sqlite;

/// <summary>The result codes of sqlite3.h that are told apart.</summary>
internal static class SqliteCode
{
    public const int Ok = 0;
    public const int Permission = 3;
    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int InputOutput = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int Constraint = 19;
    public const int NotDatabase = 26;
    public const int Row = 100;
    public const int Done = 101;
}
