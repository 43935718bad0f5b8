using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary><c>struct timespec</c> of the 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public long Seconds;
    public long Nanoseconds;
}
