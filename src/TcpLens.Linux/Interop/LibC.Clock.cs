using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>The clocks that .NET does not show.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial int clock_gettime(int clock, TimeSpec* time);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int clock_getres(int clock, TimeSpec* resolution);
}
