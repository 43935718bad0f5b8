using System.Runtime.InteropServices;

namespace TcpLens.Linux.Interop;

/// <summary><c>struct statx</c> (linux/stat.h): the members that identify a file, and say whose it is and how large. The same on every architecture, unlike <c>struct stat</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct Statx
{
    public const int AT_FDCWD = -100;
    public const int AT_EMPTY_PATH = 0x1000;
    public const uint STATX_INO = 0x100;
    public const uint STATX_SIZE = 0x200;

    public const uint STATX_TYPE = 0x1;
    public const uint STATX_UID = 0x8;
    public const ushort S_IFMT = 0xF000;
    public const ushort S_IFSOCK = 0xC000;

    [FieldOffset(20)]
    public uint UserId;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public ulong Size;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;
}
