using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>Signals, as a started program inherits them.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint signal(int number, nint handler);
}
