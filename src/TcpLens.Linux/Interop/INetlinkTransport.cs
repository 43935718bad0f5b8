namespace TcpLens.Linux.Interop;

/// <summary>Carries whole datagrams to and from the kernel. A test's transport splits and breaks dumps in ways that a kernel does too rarely.</summary>
internal interface INetlinkTransport : IDisposable
{
    Errno Send(ReadOnlySpan<byte> message);

    /// <summary>Waits for one datagram. <paramref name="length"/> is its real length, which may exceed the buffer: then it was cut.</summary>
    Errno Receive(Span<byte> buffer, out int length);
}
