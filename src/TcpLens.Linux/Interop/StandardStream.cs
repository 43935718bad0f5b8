using System.Runtime.InteropServices;
using System.Text;

namespace TcpLens.Linux.Interop;

/// <summary>
/// The process' standard output or error, written as it is. Unlike the console's stream it reports a closed pipe, so that a program
/// that nobody reads any more can end; unlike a file stream it shares the position with other writers of the same file.
/// </summary>
public sealed unsafe class StandardStream(int descriptor) : Stream
{
    private const int Winsize = 0x5413;

    /// <summary>Columns of the terminal behind <paramref name="descriptor"/>; 0 when it is none.</summary>
    public static int TerminalColumns(int descriptor)
    {
        // struct winsize: rows, columns, two unused.
        ushort* size = stackalloc ushort[4];
        return LibC.ioctl(descriptor, Winsize, size) == 0 ? size[1] : 0;
    }

    /// <summary>Whether <paramref name="descriptor"/> is a terminal.</summary>
    public static bool IsTerminal(int descriptor) => LibC.isatty(descriptor) == 1;

    /// <summary>Whether <paramref name="descriptor"/> is the stream to systemd's journal that the variable JOURNAL_STREAM names by device and inode, systemd.exec(5).</summary>
    public static bool IsJournal(int descriptor, string? named) =>
        named is not null && ulong.TryParse(named.AsSpan(named.IndexOf(':', StringComparison.Ordinal) + 1), out ulong inode)
        && FileIdentity.Of(Encoding.ASCII.GetBytes($"/proc/self/fd/{descriptor}\0"), out var stream) == Errno.None && stream.Inode == inode;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written;
            fixed (byte* bytes = buffer)
                written = LibC.write(descriptor, bytes, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            var error = (Errno)Marshal.GetLastPInvokeError();
            if (error == Errno.EPIPE)
                throw new ClosedPipeException();
            if (error != Errno.EINTR)
                throw new SyscallException("write", descriptor == 1 ? "standard output" : "standard error", error);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
