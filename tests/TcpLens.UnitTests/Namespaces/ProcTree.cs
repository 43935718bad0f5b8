using TcpLens.Linux.Namespaces;

namespace TcpLens.UnitTests.Namespaces;

/// <summary>
/// A tree that looks like /proc and /run/netns. Inode numbers cannot be chosen, so that <c>net/tcp</c> of processes in one namespace are
/// links to one file.
/// </summary>
internal sealed class ProcTree : IDisposable
{
    public const ulong HostBefore617 = 4026531992;
    private const ulong InitialProcess = 4026531836;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tcplens-");

    /// <summary>Begins a tree without a process.</summary>
    /// <param name="own">The namespace of the thread that looks.</param>
    /// <param name="processNamespace">That thread's process namespace; the machine's first unless told otherwise.</param>
    public ProcTree(ulong own = HostBefore617, ulong processNamespace = InitialProcess)
    {
        Directory.CreateDirectory(Netns);
        Link(Proc("thread-self", "ns", "net"), $"net:[{own}]");
        Link(Proc("thread-self", "ns", "pid"), $"pid:[{processNamespace}]");
        Tcp("thread-self", own);
    }

    public NamespaceRoots Roots => new(Path.Combine(_root.FullName, "proc"), Netns);

    public string Netns => Path.Combine(_root.FullName, "netns");

    /// <summary>A process that may be asked for its namespace.</summary>
    public ProcTree Process(int process, ulong inode, string comm = "sleep", string cgroup = "0::/")
    {
        Link(Proc(process.ToString(), "ns", "net"), $"net:[{inode}]");
        Tcp(process.ToString(), inode);
        Texts(process, comm, cgroup);
        return this;
    }

    /// <summary>A process that may not be asked: only its <c>net/tcp</c> tells it apart.</summary>
    public ProcTree ShutProcess(int process, ulong inode, string comm = "sleep", string cgroup = "0::/")
    {
        Write(Proc(process.ToString(), "ns", "net"), "no link");
        Tcp(process.ToString(), inode);
        Texts(process, comm, cgroup);
        return this;
    }

    /// <summary>A process that hides even that.</summary>
    public ProcTree HiddenProcess(int process)
    {
        Write(Proc(process.ToString(), "ns", "net"), "no link");
        Write(Proc(process.ToString(), "net"), "no directory");
        return this;
    }

    /// <summary>A process that has ended: its directory is there, and empty.</summary>
    public ProcTree EndedProcess(int process)
    {
        Directory.CreateDirectory(Proc(process.ToString()));
        return this;
    }

    /// <summary>A file in /run/netns; its namespace is the file's own inode.</summary>
    public ulong Named(string name)
    {
        string file = Path.Combine(Netns, name);
        Write(file, "");
        var files = new NamespaceFiles(Roots);
        return files.TryReadFile(file, out ulong inode) ? inode : throw new InvalidOperationException(file);
    }

    public NamespaceFinder Finder() => new(NamespaceScanner.Scan(Roots), Roots);

    public void Dispose() => _root.Delete(recursive: true);

    private string Proc(params string[] parts) => Path.Combine([_root.FullName, "proc", .. parts]);

    private void Texts(int process, string comm, string cgroup)
    {
        Write(Proc(process.ToString(), "comm"), comm + "\n");
        Write(Proc(process.ToString(), "cgroup"), cgroup + "\n");
    }

    private void Tcp(string process, ulong inode)
    {
        string shared = Path.Combine(_root.FullName, "tcp-" + inode);
        if (!File.Exists(shared))
            File.WriteAllText(shared, "");
        Link(Proc(process, "net", "tcp"), shared);
    }

    private static void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, target);
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
