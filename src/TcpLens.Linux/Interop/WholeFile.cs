using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>
/// A file of the kernel that is too large for the stack: mapped where the kernel allows that (its types, from 6.16 on), else read at once into memory.
/// Either is given back when it is disposed.
/// </summary>
internal sealed unsafe class WholeFile : IDisposable
{
    private const int PROT_READ = 1;
    private const int MAP_PRIVATE = 2;

    private readonly bool _isMapped;
    private byte* _start;
    private int _length;

    private WholeFile(int room) => _start = (byte*)NativeMemory.Alloc((nuint)room);

    private WholeFile(byte* start, int length)
    {
        _isMapped = true;
        _start = start;
        _length = length;
    }

    /// <summary>What was read. Not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return new ReadOnlySpan<byte>(_start, _length);
        }
    }

    /// <summary>Reads <paramref name="path"/>; a file larger than <paramref name="most"/> is refused with EMSGSIZE.</summary>
    public static Errno TryRead(string path, int most, out WholeFile? file)
    {
        file = null;
        using var descriptor = new FileDescriptor(LibC.open(path, Constants.O_RDONLY | Constants.O_CLOEXEC, 0));
        if (descriptor.IsInvalid)
            return (Errno)Marshal.GetLastPInvokeError();
        file = TryMap(descriptor, most);
        if (file is not null)
            return Errno.None;
        using (var source = new SequentialFile(descriptor))
        {
            // Pages that are not touched cost nothing.
            var whole = new WholeFile(most);
            var error = whole.Fill(source, most);
            if (error == Errno.None)
                file = whole;
            else
                whole.Dispose();
            return error;
        }
    }

    public void Dispose()
    {
        if (!_isMapped)
            NativeMemory.Free(_start);
        else if (_start is not null)
            _ = LibC.munmap(_start, (nuint)_length);
        _start = null;
    }

    private static WholeFile? TryMap(FileDescriptor file, int most)
    {
        Statx facts = default;
        fixed (byte* empty = "\0"u8)
        {
            if (LibC.statx(file.Number, empty, Statx.AT_EMPTY_PATH, Statx.STATX_SIZE, &facts) < 0 || facts.Size == 0 || facts.Size > (ulong)most)
                return null;
        }

        void* start = LibC.mmap(null, (nuint)facts.Size, PROT_READ, MAP_PRIVATE, file.Number, 0);
        return start == (void*)-1 ? null : new WholeFile((byte*)start, (int)facts.Size);
    }

    private Errno Fill(SequentialFile source, int room)
    {
        while (_length < room)
        {
            var error = source.Read(new Span<byte>(_start + _length, room - _length), out int got);
            if (error != Errno.None)
                return error;
            if (got == 0)
                return Errno.None;
            _length += got;
        }

        return Errno.EMSGSIZE;
    }
}
