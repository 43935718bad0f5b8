using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>Signals, as a started program inherits them, and the end of the process.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint signal(int number, nint handler);

    [LibraryImport(Library)]
    public static partial void _exit(int status);
}
