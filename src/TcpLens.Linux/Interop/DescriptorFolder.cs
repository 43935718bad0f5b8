using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>
/// Reads which sockets stand in a folder of descriptors (<c>/proc/PID/fd</c>): one call for a kilobyte of names and one for each descriptor, nothing
/// allocated. Source: proc(5), getdents64(2).
/// </summary>
internal sealed unsafe class DescriptorFolder
{
    private const int RecordLengthOffset = 16;
    private const int NameOffset = 19;
    private const int KCMP_FILES = 2;

    private readonly byte[] _entries = new byte[32 * 1024];

    /// <summary>Tells the inode of every socket to <paramref name="take"/>, until that has seen enough and returns <see langword="false"/>.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="most">Descriptors to look at.</param>
    /// <param name="take">Gets an inode; one that is held twice comes twice.</param>
    /// <param name="seen">Descriptors that were looked at.</param>
    /// <returns><see cref="Errno.None"/>, also when the process ended meanwhile; else why the folder cannot be read.</returns>
    public Errno ForEachSocket(string path, long most, Func<uint, bool> take, out int seen)
    {
        seen = 0;
        using var folder = new FileDescriptor(LibC.open(path, Constants.O_RDONLY | Constants.O_CLOEXEC, 0));
        if (folder.IsInvalid)
            return (Errno)Marshal.GetLastPInvokeError();
        fixed (byte* entries = _entries)
        {
            while (true)
            {
                nint length = LibC.getdents64(folder.Number, entries, (nuint)_entries.Length);
                if (length < 0)
                    return (Errno)Marshal.GetLastPInvokeError();
                if (length == 0 || !Take(folder.Number, entries, (int)length, most, take, ref seen))
                    return Errno.None;
            }
        }
    }

    /// <summary>Counts the descriptors.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="open">How many there are.</param>
    /// <returns><see cref="Errno.None"/>, also when the process ended meanwhile; else why the folder cannot be read.</returns>
    public Errno Count(string path, out long open)
    {
        open = 0;
        using var folder = new FileDescriptor(LibC.open(path, Constants.O_RDONLY | Constants.O_CLOEXEC, 0));
        if (folder.IsInvalid)
            return (Errno)Marshal.GetLastPInvokeError();
        fixed (byte* entries = _entries)
        {
            while (true)
            {
                nint length = LibC.getdents64(folder.Number, entries, (nuint)_entries.Length);
                if (length <= 0)
                    return length == 0 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
                for (int at = 0; at + NameOffset < length; at += *(ushort*)(entries + at + RecordLengthOffset))
                    open += entries[at + NameOffset] == (byte)'.' ? 0 : 1;
            }
        }
    }

    /// <summary>Whether two tasks have one table of descriptors, as threads usually do; also where the kernel does not say.</summary>
    public static bool Share(int first, int second)
    {
        // asm/unistd_64.h, asm-generic/unistd.h
        nint number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 272 : 312;
        return LibC.kcmp(number, first, second, KCMP_FILES, 0, 0) <= 0;
    }

    private static bool Take(int folder, byte* entries, int length, long most, Func<uint, bool> take, ref int seen)
    {
        byte* target = stackalloc byte[64];
        for (int at = 0; at + NameOffset < length; at += *(ushort*)(entries + at + RecordLengthOffset))
        {
            byte* name = entries + at + NameOffset;
            if (*name == (byte)'.')
                continue;
            if (seen++ >= most)
                return false;
            nint got = LibC.readlinkat(folder, name, target, 64);
            if (got > 0 && SocketLink.TryParse(new ReadOnlySpan<byte>(target, (int)got), out uint inode) && !take(inode))
                return false;
        }

        return true;
    }
}
