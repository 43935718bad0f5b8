using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>The calls that look at the descriptors of other processes.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint getdents64(int directory, byte* entries, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint readlinkat(int directory, byte* path, byte* target, nuint length);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint kcmp(nint number, int first, int second, int kind, nuint unused, nuint unusedToo);
}
