using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Linux.Owners;

namespace TcpLens.UnitTests.Owners;

/// <summary>A tree that looks like /proc, with processes that hold sockets, and a reader of it that sees the sockets which the test tells.</summary>
internal sealed class HolderTree : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tcplens-");
    private readonly OwnerTable _table;
    private readonly int _netns;
    private int _now = 1000;

    public HolderTree(bool remembers = false)
    {
        File.WriteAllText(Path.Combine(_root.FullName, "passwd"), "root:x:0:0:root:/root:/bin/sh\nbroken\nwww-data:x:33:33::/var/www:/bin/false\n");
        Directory.CreateDirectory(Path.Combine(_root.FullName, "proc"));
        Directory.CreateDirectory(Path.Combine(_root.FullName, "cgroup"));
        File.WriteAllText(Path.Combine(_root.FullName, "cgroup", "cgroup.controllers"), "");
        Roots = new OwnerRoots(Path.Combine(_root.FullName, "proc"), Path.Combine(_root.FullName, "passwd"), Path.Combine(_root.FullName, "nothing"), Path.Combine(_root.FullName, "cgroup"));
        _table = new OwnerTable(Roots, remembers);
        Search = new OwnerSearch(Roots, _table);
        _netns = _table.NumberOf("host");
    }

    public OwnerSearch Search { get; }

    public OwnerRoots Roots { get; }

    public int Remembered => _table.Remembered;

    public HolderTree Process(int process, ulong start, string comm, string cgroup = "0::/", int user = 0, params uint[] sockets)
    {
        var folder = Folder(process);
        Directory.CreateDirectory(Path.Combine(folder, "fd"));
        File.WriteAllText(Path.Combine(folder, "stat"), $"{process} ({comm}) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 {start} 1000 20\n");
        File.WriteAllText(Path.Combine(folder, "cgroup"), cgroup + "\n");
        File.WriteAllText(Path.Combine(folder, "cmdline"), $"/usr/bin/{comm}\0--flag\0");
        File.WriteAllText(Path.Combine(folder, "status"), $"Name:\t{comm}\nUid:\t1\t{user}\t1\t1\nGid:\t1\t1\t1\t1\n");
        Link(folder, 0, "/dev/null");
        for (int i = 0; i < sockets.Length; i++)
            Link(folder, i + 3, $"socket:[{sockets[i]}]");
        return this;
    }

    public HolderTree CommandLine(int process, params string[] words)
    {
        File.WriteAllText(Path.Combine(Folder(process), "cmdline"), string.Join('\0', words) + "\0");
        return this;
    }

    public void End(int process) => Directory.Delete(Folder(process), recursive: true);

    /// <summary>Makes a cgroup; its number is what sockets would tell.</summary>
    public ulong Cgroup(string path)
    {
        string folder = Path.Combine(_root.FullName, "cgroup", path);
        Directory.CreateDirectory(folder);
        return TcpLens.Linux.Interop.FileIdentity.Of(System.Text.Encoding.UTF8.GetBytes(folder + "\0"), out var identity) == TcpLens.Linux.Interop.Errno.None
            ? identity.Inode
            : throw new InvalidOperationException(folder);
    }

    /// <summary>Time passes; then the sockets are looked at, and what is unknown is searched for.</summary>
    public HolderTree Look(int later, params SocketRecord[] sockets)
    {
        _table.Begin(_now += later);
        foreach (var socket in sockets)
            _table.See(_netns, socket);
        Search.Run();
        return this;
    }

    public OwnerSighting Of(SocketRecord socket) => _table.OwnerOf(_netns, socket);

    public void Dispose() => _root.Delete(recursive: true);

    private static void Link(string folder, int descriptor, string target) => File.CreateSymbolicLink(Path.Combine(folder, "fd", $"{descriptor}"), target);

    private string Folder(int process) => Path.Combine(_root.FullName, "proc", $"{process}");
}
