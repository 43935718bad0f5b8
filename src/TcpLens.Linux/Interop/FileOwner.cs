using System.Text;

namespace TcpLens.Linux.Interop;

/// <summary>Whose a file is.</summary>
public static unsafe class FileOwner
{
    /// <summary>The user who owns the file; <see langword="null"/> when that cannot be told.</summary>
    public static uint? UserOf(string path)
    {
        Statx result = default;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            return LibC.statx(Statx.AT_FDCWD, name, 0, Statx.STATX_UID, &result) == 0 ? result.UserId : null;
    }

    /// <summary>Whether the path leads to a socket.</summary>
    public static bool IsSocket(string path)
    {
        Statx result = default;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            return LibC.statx(Statx.AT_FDCWD, name, 0, Statx.STATX_TYPE, &result) == 0 && (result.Mode & Statx.S_IFMT) == Statx.S_IFSOCK;
    }

    /// <summary>The user that this process acts as.</summary>
    public static uint OwnUser => LibC.geteuid();

    /// <summary>Gives the file to a group; its user stays.</summary>
    /// <exception cref="SyscallException">Not allowed, or no such file.</exception>
    public static void GiveToGroup(string path, uint group) => SyscallException.Check(LibC.chown(path, uint.MaxValue, group), "chown", path);
}
