using System.Runtime.InteropServices;
using System.Text;

namespace TcpLens.Linux.Interop;

/// <summary>
/// A connection to a local (Unix) stream socket, by bare system calls: a program that lives for milliseconds does not pay for the socket
/// library. Source: unix(7).
/// </summary>
public sealed unsafe class LocalConnection : IDisposable
{
    /// <summary>What <c>struct sockaddr_un</c> has room for, with the final zero.</summary>
    public const int LongestPath = 108;

    private const int AF_UNIX = 1;
    private const int SO_PEERCRED = 17;
    private const int SO_SNDTIMEO = 21;
    private const int MSG_NOSIGNAL = 0x4000;
    private readonly FileDescriptor _socket;

    private LocalConnection(FileDescriptor socket, uint peer)
    {
        _socket = socket;
        PeerUserId = peer;
    }

    /// <summary>The user whose process listens, by the kernel's word.</summary>
    public uint PeerUserId { get; }

    /// <summary>Connects, or gives <see langword="null"/> where nobody listens, or not for this user.</summary>
    /// <param name="path">The socket's file.</param>
    /// <param name="timeout">The most that each of the calls may wait.</param>
    /// <param name="failure">Why not.</param>
    public static LocalConnection? TryConnect(string path, TimeSpan timeout, out ConnectFailure failure)
    {
        failure = ConnectFailure.Nobody;
        Span<byte> address = stackalloc byte[2 + LongestPath];
        address.Clear();
        MemoryMarshal.Write(address, (ushort)AF_UNIX);
        if (Encoding.UTF8.GetByteCount(path) >= LongestPath)
            return null;
        int length = Encoding.UTF8.GetBytes(path, address[2..]);
        int descriptor = LibC.socket(AF_UNIX, Constants.SOCK_STREAM | Constants.SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            return null;
        var socket = new FileDescriptor(descriptor);
        long* limit = stackalloc long[] { (long)timeout.TotalSeconds, timeout.Microseconds + (timeout.Milliseconds * 1000L) };
        LibC.setsockopt(descriptor, Constants.SOL_SOCKET, Constants.SO_RCVTIMEO, limit, 2 * sizeof(long));
        LibC.setsockopt(descriptor, Constants.SOL_SOCKET, SO_SNDTIMEO, limit, 2 * sizeof(long));
        fixed (byte* start = address)
        {
            if (LibC.connect(descriptor, start, (uint)(2 + length + 1)) == 0 && Peer(descriptor) is { } peer)
                return new LocalConnection(socket, peer);
            failure = (Errno)Marshal.GetLastPInvokeError() switch
            {
                Errno.EACCES or Errno.EPERM => ConnectFailure.Denied,
                Errno.EAGAIN => ConnectFailure.Silent,
                _ => ConnectFailure.Nobody,
            };
        }

        socket.Dispose();
        return null;
    }

    /// <summary>Sends all bytes; <see langword="false"/> when the other side does not take them in time.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint sent;
            fixed (byte* start = bytes)
                sent = LibC.sendto(_socket.Number, start, (nuint)bytes.Length, MSG_NOSIGNAL, null, 0);
            if (sent < 0 && (Errno)Marshal.GetLastPInvokeError() != Errno.EINTR)
                return false;
            bytes = bytes[(int)Math.Max(sent, 0)..];
        }

        return true;
    }

    /// <summary>Fills <paramref name="bytes"/>; <see langword="false"/> when the other side ends or falls silent before.</summary>
    public bool TryRead(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint got;
            fixed (byte* start = bytes)
                got = LibC.read(_socket.Number, start, (nuint)bytes.Length);
            if (got == 0 || (got < 0 && (Errno)Marshal.GetLastPInvokeError() != Errno.EINTR))
                return false;
            bytes = bytes[(int)Math.Max(got, 0)..];
        }

        return true;
    }

    public void Dispose() => _socket.Dispose();

    private static uint? Peer(int descriptor)
    {
        // struct ucred: process, user, group.
        uint* credentials = stackalloc uint[3];
        uint length = 3 * sizeof(uint);
        return LibC.getsockopt(descriptor, Constants.SOL_SOCKET, SO_PEERCRED, credentials, &length) == 0 ? credentials[1] : null;
    }
}
