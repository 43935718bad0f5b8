using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>The calls that identify files.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint readlink(byte* path, byte* target, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int statx(int directory, byte* path, int flags, uint mask, Statx* result);
}
