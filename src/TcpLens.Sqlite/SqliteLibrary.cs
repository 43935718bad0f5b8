using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace TcpLens.Sqlite;

/// <summary>
/// Makes SQLite ready. It is linked into the native program; under the .NET runtime (tests, or a machine without a linker) the same
/// SQLite is loaded from Debian's <c>libsqlite3-0</c>.
/// </summary>
internal static class SqliteLibrary
{
    private const string SystemLibrary = "libsqlite3.so.0";

    private static readonly Lazy<string?> s_missing = new(Prepare);

    /// <summary>Why SQLite cannot be used; <see langword="null"/> when it can.</summary>
    public static string? Missing => s_missing.Value;

    private static string? Prepare()
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            if (!NativeLibrary.TryLoad(SystemLibrary, out nint library))
                return $"{SystemLibrary} is missing (Debian: apt-get install libsqlite3-0)";
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => library);
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return null;
    }
}
