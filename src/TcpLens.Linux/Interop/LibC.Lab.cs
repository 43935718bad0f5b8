using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>The calls that only the test lab needs: its thread, its descriptors, its link.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library)]
    public static partial int gettid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getrlimit(int resource, ResourceLimit* limit);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setrlimit(int resource, ResourceLimit* limit);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint if_nametoindex(string name);
}
