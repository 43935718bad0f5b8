using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary>Which file a path or a descriptor stands for: unique on the machine while the file lives.</summary>
internal readonly record struct FileIdentity(ulong Inode, uint DeviceMajor, uint DeviceMinor)
{
    /// <summary>Whether both files lie on the same filesystem.</summary>
    public bool IsOnFilesystemOf(FileIdentity other) => DeviceMajor == other.DeviceMajor && DeviceMinor == other.DeviceMinor;

    /// <summary>Identifies the file at <paramref name="path"/> (bytes that end with 0); a symbolic link is followed.</summary>
    public static unsafe Errno Of(ReadOnlySpan<byte> path, out FileIdentity identity)
    {
        CheckTerminated(path);
        fixed (byte* start = path)
            return Ask(Statx.AT_FDCWD, start, 0, out identity);
    }

    /// <summary>Identifies an open file.</summary>
    public static unsafe Errno Of(FileDescriptor file, out FileIdentity identity)
    {
        fixed (byte* empty = "\0"u8)
            return Ask(file.Number, empty, Statx.AT_EMPTY_PATH, out identity);
    }

    /// <summary>Reads where the symbolic link at <paramref name="path"/> (bytes that end with 0) points to.</summary>
    public static unsafe Errno ReadLink(ReadOnlySpan<byte> path, Span<byte> target, out int length)
    {
        CheckTerminated(path);
        nint got;
        fixed (byte* start = path, room = target)
            got = LibC.readlink(start, room, (nuint)target.Length);
        length = (int)Math.Max(got, 0);
        return got < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
    }

    private static unsafe Errno Ask(int directory, byte* path, int flags, out FileIdentity identity)
    {
        Statx result = default;
        int status = LibC.statx(directory, path, flags, Statx.STATX_INO, &result);
        identity = new FileIdentity(result.Inode, result.DeviceMajor, result.DeviceMinor);
        return status < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
    }

    private static void CheckTerminated(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path[^1] != 0)
            throw new ArgumentException("a path must end with a zero byte", nameof(path));
    }
}
