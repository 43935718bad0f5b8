using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>A file of the kernel that is too large for the stack, read at once into memory that is given back when it is disposed.</summary>
internal sealed unsafe class WholeFile : IDisposable
{
    private byte* _start;
    private int _length;

    private WholeFile(int room) => _start = (byte*)NativeMemory.Alloc((nuint)room);

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
        var error = SequentialFile.TryOpen(path, out var source);
        if (error != Errno.None)
            return error;
        using (source)
        {
            // Pages that are not touched cost nothing.
            var whole = new WholeFile(most);
            error = whole.Fill(source!, most);
            if (error == Errno.None)
                file = whole;
            else
                whole.Dispose();
            return error;
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
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
