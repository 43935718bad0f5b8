using System.Buffers.Binary;
using System.Numerics;
using TcpLens.Sqlite;

namespace TcpLens.Zabbix.Buffer;

/// <summary>The file from outside: its lock, whose it is, and how a damaged one is set aside. Nothing here reads it while a connection is open: that would end its locks.</summary>
internal sealed class BufferFile(string path) : IDisposable
{
    /// <summary>"TcpQ": the mark in the header of the file that says whose it is.</summary>
    public const int ApplicationId = 0x54637051;

    /// <summary>Damaged files beside the buffer: a disk that fails again and again must not be filled by them.</summary>
    private const int AsideMaximum = 10;

    private const int ApplicationIdOffset = 68;
    private const int HeaderBytes = 100;

    /// <summary>The result of flock(2) when another process has it, as .NET tells it.</summary>
    private const int WouldBlock = 11;

    private const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly byte[] s_mark = [.. "The values of tcplens in the file beside this one.\n"u8];

    private FileStream? _lock;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string Folder => System.IO.Path.GetDirectoryName(Path) ?? "/";

    /// <summary>What a failure means, and what to do about it.</summary>
    public static string Words(string path, Exception failure) => failure switch
    {
        SqliteException { Code: SqliteCode.Full } => $"the disk with {path} is full: free some space",
        SqliteException { IsDamage: true } => $"{path} is damaged",
        SqliteException { Code: SqliteCode.ReadOnly } => $"{path} is read-only: mount its file system writable, or give the file to the user of the monitor",
        SqliteException { Code: SqliteCode.Busy or SqliteCode.Locked } => $"another program has locked {path}: end it (a sqlite3 shell, a backup)",
        UnauthorizedAccessException or SqliteException { Code: SqliteCode.Permission } => $"no permission for {path}: give the file and its directory to the user of the monitor",
        _ => $"{path} cannot be read or written: {failure.Message}",
    };

    /// <summary>Makes the directory, takes the lock and looks whose file it is.</summary>
    /// <exception cref="BufferException">It is another's.</exception>
    /// <exception cref="IOException">It cannot be used for now.</exception>
    public void Claim()
    {
        if (!Directory.Exists(Folder))
            Directory.CreateDirectory(Folder, DirectoryMode);
        if (IsStranger())
            throw new BufferException(BufferFault.Stranger, Path);
        try
        {
            _lock ??= Open(Path + ".lock", FileShare.None);
        }
        catch (IOException taken) when (taken.HResult == WouldBlock)
        {
            throw new BufferException(BufferFault.Taken, Path);
        }

        Open(Path, FileShare.ReadWrite).Dispose();
    }

    /// <summary>Says beside the file that it is ours, so that it is known even when its header is damaged.</summary>
    public void Mark()
    {
        if (_lock is { Length: 0 })
            _lock.Write(s_mark);
    }

    /// <summary>Renames the file and its journal; they are never deleted.</summary>
    /// <returns>The new name; <see langword="null"/> when there are <see cref="AsideMaximum"/> already.</returns>
    public string? SetAside(DateTimeOffset now)
    {
        string prefix = Path + ".damaged-";
        var aside = Directory.EnumerateFiles(Folder).Where(file => file.StartsWith(prefix, StringComparison.Ordinal));
        if (aside.Count(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)) >= AsideMaximum)
            return null;
        string name = $"{prefix}{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
        string free = name;
        for (int i = 2; File.Exists(free); i++)
            free = $"{name}-{i}";
        foreach (string part in new[] { "-wal", "-shm", "" })
        {
            if (File.Exists(Path + part))
                File.Move(Path + part, free + part);
        }

        return free;
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    // A value may hold what a command printed: nobody else needs to read it.
    private static FileStream Open(string path, FileShare share) => new(path, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = share,
        UnixCreateMode = OwnerAlone,
        BufferSize = 0,
    });

    private bool IsStranger()
    {
        if (!File.Exists(Path))
            return false;
        Span<byte> header = stackalloc byte[HeaderBytes];
        int length;
        using (var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
            length = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (length == 0)
            return false;
        int id = length == HeaderBytes ? BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]) : 0;
        // One or two flipped bits are damage.
        if (BitOperations.PopCount((uint)(id ^ ApplicationId)) <= 2)
            return false;
        return (id != 0 && header.StartsWith("SQLite format 3\0"u8)) || !HasMark();
    }

    private bool HasMark()
    {
        if (_lock is null && !File.Exists(Path + ".lock"))
            return false;
        // Sharing everything asks for no lock: this process may hold it.
        using var file = new FileStream(Path + ".lock", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> mark = stackalloc byte[128];
        return mark[..file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false)].SequenceEqual(s_mark);
    }
}
