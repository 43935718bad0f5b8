using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TcpLens.Fuzz;

/// <summary>
/// Memory before an inaccessible page. Inputs are placed so that they end at its border: whoever reads one byte too far dies on the spot.
/// With a file behind it the input outlives the process.
/// </summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    /// <summary>The largest input: a netlink answer is at most 32 KiB long.</summary>
    public const int Capacity = 64 * 1024;

    private const int PROT_NONE = 0;
    private const int PROT_READ = 1;
    private const int PROT_WRITE = 2;
    private const int MAP_SHARED = 1;
    private const int MAP_PRIVATE = 2;
    private const int MAP_ANONYMOUS = 0x20;

    private readonly byte* _start;
    private readonly nuint _mapped;
    private readonly int _usable;
    private readonly string? _path;

    /// <summary>Maps the memory.</summary>
    /// <param name="path">The file that keeps the current input until <see cref="Dispose"/>, or <see langword="null"/>.</param>
    public GuardedBuffer(string? path = null)
    {
        int page = Environment.SystemPageSize;
        // One page more in front for the header: the data end at the border, whatever their length.
        _usable = page + Capacity;
        _mapped = (nuint)(_usable + page);
        _path = path;
        using var file = path is null ? null : File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        if (file is not null)
            RandomAccess.SetLength(file, (long)_mapped);
        int flags = file is null ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
        nint start = mmap(0, _mapped, PROT_READ | PROT_WRITE, flags, file is null ? -1 : (int)file.DangerousGetHandle(), 0);
        if (start == -1)
            throw new Win32Exception();
        _start = (byte*)start;
        if (mprotect(_start + _usable, (nuint)page, PROT_NONE) != 0)
            throw new Win32Exception();
    }

    /// <summary>The first inaccessible address.</summary>
    public nint Border => (nint)(_start + _usable);

    /// <summary>Copies an input to the end of the buffer.</summary>
    public ReadOnlySpan<byte> Place(ReadOnlySpan<byte> data)
    {
        var placed = new Span<byte>(_start + _usable - data.Length, data.Length);
        data.CopyTo(placed);
        if (_path is not null)
            *(long*)_start = data.Length;
        return placed;
    }

    /// <summary>The input that a process held when it died, from the file it left behind; <see langword="null"/> when there is none.</summary>
    public static byte[]? Recover(string path)
    {
        if (!File.Exists(path))
            return null;
        byte[] file = File.ReadAllBytes(path);
        int usable = Environment.SystemPageSize + Capacity;
        if (file.Length < usable)
            return null;
        long length = BitConverter.ToInt64(file, 0);
        return length is > 0 and <= Capacity ? file[(usable - (int)length)..usable] : null;
    }

    public void Dispose()
    {
        _ = munmap(_start, _mapped);
        if (_path is not null)
            File.Delete(_path);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mprotect(byte* address, nuint length, int protection);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(byte* address, nuint length);
}
