using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>A file read from front to back without a stream's buffer and without allocation per read: made for /proc.</summary>
internal sealed unsafe class SequentialFile : IDisposable
{
    private readonly FileDescriptor _file;

    /// <summary>Reads, and closes in the end, a file that is open.</summary>
    public SequentialFile(FileDescriptor file) => _file = file;

    public static Errno TryOpen(string path, out SequentialFile? file)
    {
        int descriptor = LibC.open(path, Constants.O_RDONLY | Constants.O_CLOEXEC, 0);
        file = descriptor < 0 ? null : new SequentialFile(new FileDescriptor(descriptor));
        return descriptor < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
    }

    /// <summary>Reads the next bytes; <paramref name="length"/> 0 is the end.</summary>
    public Errno Read(Span<byte> buffer, out int length)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                length = (int)LibC.read(_file.Number, bytes, (nuint)buffer.Length);
                if (length >= 0)
                    return Errno.None;
                var error = (Errno)Marshal.GetLastPInvokeError();
                if (error == Errno.EINTR)
                    continue;
                length = 0;
                return error;
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
