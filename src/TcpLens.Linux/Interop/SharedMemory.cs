using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>The value of a BPF array, mapped into this process: the kernel's programs write it, the reader reads it where it lies.</summary>
internal sealed unsafe class SharedMemory : IDisposable
{
    private const int PROT_READ = 1;
    private const int PROT_WRITE = 2;
    private const int MAP_SHARED = 1;

    private readonly int _length;
    private byte* _start;

    private SharedMemory(byte* start, int length)
    {
        _start = start;
        _length = length;
    }

    /// <summary>All of it. Not to be used after <see cref="Dispose"/>.</summary>
    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return new Span<byte>(_start, _length);
        }
    }

    public static Errno TryMap(FileDescriptor map, int length, out SharedMemory? memory)
    {
        void* start = LibC.mmap(null, (nuint)length, PROT_READ | PROT_WRITE, MAP_SHARED, map.Number, 0);
        bool failed = start == (void*)-1;
        memory = failed ? null : new SharedMemory((byte*)start, length);
        return failed ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
    }

    public void Dispose()
    {
        if (_start is not null)
            _ = LibC.munmap(_start, (nuint)_length);
        _start = null;
    }
}
