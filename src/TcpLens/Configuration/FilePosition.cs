namespace TcpLens.Configuration;

/// <summary>A place in a file: line and character in it, both from 1.</summary>
internal readonly record struct FilePosition(int Line, int Column) : IComparable<FilePosition>
{
    public int CompareTo(FilePosition other) => (Line, Column).CompareTo((other.Line, other.Column));

    public static bool operator <(FilePosition left, FilePosition right) => left.CompareTo(right) < 0;

    public static bool operator <=(FilePosition left, FilePosition right) => left.CompareTo(right) <= 0;

    public static bool operator >(FilePosition left, FilePosition right) => left.CompareTo(right) > 0;

    public static bool operator >=(FilePosition left, FilePosition right) => left.CompareTo(right) >= 0;
}
