using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary><c>struct pollfd</c> (poll(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollFd
{
    public int Descriptor;
    public short Events;
    public short ReturnedEvents;
}
