using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>Reads files that fit into a caller's buffer (kernel counters, settings): three calls into the kernel and nothing allocated.</summary>
internal static unsafe class SmallFile
{
    /// <summary>Reads <paramref name="path"/> from its start to its end, or to the end of <paramref name="buffer"/>; the rest is left unread.</summary>
    /// <returns><see cref="Errno.None"/>, or why the file could not be read.</returns>
    public static Errno Read(string path, Span<byte> buffer, out int length)
    {
        length = 0;
        int descriptor = LibC.open(path, Constants.O_RDONLY | Constants.O_CLOEXEC, 0);
        if (descriptor < 0)
            return (Errno)Marshal.GetLastPInvokeError();

        var error = ReadToEnd(descriptor, buffer, ref length);
        _ = LibC.close(descriptor);
        return error;
    }

    // A file of /proc is told in pieces, so that a short read is not yet its end.
    private static Errno ReadToEnd(int descriptor, Span<byte> buffer, ref int length)
    {
        while (length < buffer.Length)
        {
            nint got;
            fixed (byte* start = buffer[length..])
                got = LibC.read(descriptor, start, (nuint)(buffer.Length - length));
            if (got == 0)
                break;
            if (got > 0)
            {
                length += (int)got;
                continue;
            }

            var error = (Errno)Marshal.GetLastPInvokeError();
            if (error != Errno.EINTR)
                return error;
        }

        return Errno.None;
    }
}
