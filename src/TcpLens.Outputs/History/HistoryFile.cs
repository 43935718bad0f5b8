using System.Buffers.Binary;
using System.Numerics;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.History;

/// <summary>
/// The file of a writer, from outside: its directory, its lock, whose it is, and how a damaged one is set aside. Open connections lose
/// their locks when another descriptor of the same file is closed, so nothing here reads the file while one is open.
/// </summary>
internal sealed class HistoryFile(string path) : IDisposable
{
    /// <summary>Damaged files beside the history: a disk that fails again and again must not be filled by them.</summary>
    public const int AsideMaximum = 10;

    private const int MagicBytes = 16;
    private const int ApplicationIdOffset = 68;
    private const int HeaderBytes = 100;

    /// <summary>The result of flock(2) when another process has it, as .NET tells it.</summary>
    private const int WouldBlock = 11;

    private const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
    private const UnixFileMode FileMode640 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private static readonly byte[] s_mark = [.. "The history of tcplens in the file beside this one.\n"u8];

    private FileStream? _lock;
    private volatile bool _isOurs;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Whether it was found to be a history, so that it may at least be read.</summary>
    public bool IsOurs => _isOurs;

    private string Directory => System.IO.Path.GetDirectoryName(Path) ?? "/";

    /// <summary>Bytes of the file and its journal.</summary>
    public static long Bytes(string path)
    {
        var file = new FileInfo(path);
        var journal = new FileInfo(path + "-wal");
        return (file.Exists ? file.Length : 0) + (journal.Exists ? journal.Length : 0);
    }

    /// <summary>Whose file it is. A lock file with our mark beside it tells it where the header itself is damaged.</summary>
    public static FileOwner OwnerOf(string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        int length;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            length = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileOwner.Nobody;
        }

        if (length == 0)
            return FileOwner.Nobody;
        int id = length == HeaderBytes ? BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]) : 0;
        if (IsNearlyOurs(id))
            return FileOwner.Ours;
        bool isAnothers = id != 0 && header[..MagicBytes].SequenceEqual("SQLite format 3\0"u8);
        return !isAnothers && HasMark(path) ? FileOwner.Ours : FileOwner.Stranger;
    }

    /// <summary>Whether it is our mark, or what one or two flipped bits made of it.</summary>
    public static bool IsNearlyOurs(int applicationId) => BitOperations.PopCount((uint)(applicationId ^ HistorySchema.ApplicationId)) <= 2;

    /// <summary>Makes the directory, takes the lock and looks whose file it is.</summary>
    /// <returns>What is in the way; <see langword="null"/> when the file may be opened.</returns>
    public Phrase? Claim()
    {
        try
        {
            if (!System.IO.Directory.Exists(Directory))
            {
                if (!System.IO.Directory.Exists(System.IO.Path.GetDirectoryName(Directory)))
                    return HistoryTrouble.NoDirectory(Directory);
                System.IO.Directory.CreateDirectory(Directory, DirectoryMode);
            }

            var owner = OwnerOf(Path);
            _isOurs = owner == FileOwner.Ours;
            if (owner == FileOwner.Stranger)
                return HistoryTrouble.Stranger(Path);
            _lock ??= new FileStream(LockPath(Path), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = FileMode640,
                BufferSize = 0,
            });
            using (new FileStream(Path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = FileMode640 }))
                return null;
        }
        catch (IOException taken) when (taken.HResult == WouldBlock)
        {
            return HistoryTrouble.Taken(Path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return HistoryTrouble.Of(Path, refused);
        }
    }

    /// <summary>Says beside the file that it is ours, once it has been opened as such.</summary>
    public void Mark()
    {
        _isOurs = true;
        if (_lock is { Length: 0 })
            _lock.Write(s_mark);
    }

    /// <summary>Renames the file and its journal; they are never deleted. Nobody may have it open.</summary>
    /// <returns>The new name; <see langword="null"/> when there are <see cref="AsideMaximum"/> already.</returns>
    /// <exception cref="IOException">It could not be renamed.</exception>
    public string? SetAside(DateTimeOffset now)
    {
        string prefix = Path + ".damaged-";
        var aside = System.IO.Directory.EnumerateFiles(Directory).Where(file => file.StartsWith(prefix, StringComparison.Ordinal));
        if (aside.Count(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)) >= AsideMaximum)
            return null;
        string name = $"{prefix}{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
        string free = name;
        for (int i = 2; File.Exists(free); i++)
            free = $"{name}-{i}";
        // The file last: should the power fail in between, the next start finds it still damaged and sets it aside as well.
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

    private static string LockPath(string path) => path + ".lock";

    private static bool HasMark(string path)
    {
        try
        {
            // Sharing everything asks for no lock: this process may hold it.
            using var file = new FileStream(LockPath(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> mark = stackalloc byte[128];
            return mark[..file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false)].SequenceEqual(s_mark);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Without the mark the file is a stranger's, and that is safe.
            return false;
        }
    }
}
