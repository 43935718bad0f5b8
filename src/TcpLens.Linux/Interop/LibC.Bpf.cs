using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>bpf(2), for which the C library has no function of its own, and the memory that it shares.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint syscall(nint number, nint command, void* attributes, nuint size);

    [LibraryImport(Library, SetLastError = true)]
    public static partial void* mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int munmap(void* address, nuint length);
}
