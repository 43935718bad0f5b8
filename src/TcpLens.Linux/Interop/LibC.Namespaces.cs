using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>The calls that identify files and say whose they are.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint readlink(byte* path, byte* target, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int statx(int directory, byte* path, int flags, uint mask, Statx* result);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chown(string path, uint user, uint group);
}
