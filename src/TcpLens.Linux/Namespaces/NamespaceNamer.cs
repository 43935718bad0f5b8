using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Namespaces;

/// <summary>Gives the namespaces of one survey their names, each another one.</summary>
internal sealed class NamespaceNamer
{
    // Numbers of the initial namespaces (linux/nsfs.h). That of the process namespace holds since Linux 3.8. That of the network namespace
    // is new (6.18 has it); older kernels give it to no namespace, because they number from 0xF0000000 upwards.
    internal const ulong InitialNetwork = 0xEFFF_FFF9;
    internal const ulong InitialProcess = 0xEFFF_FFFC;

    private const int CgroupBytes = 16 * 1024;
    private const int CommBytes = 64;

    private readonly string _proc;
    private readonly bool _seesInit;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly byte[] _buffer = new byte[CgroupBytes];

    public NamespaceNamer(NamespaceRoots roots, NamespaceFiles files)
    {
        _proc = roots.Proc;
        // In a container process 1 is the container's first, not the machine's.
        _seesInit = files.ReadInode("thread-self", "pid", out ulong inode) == Errno.None && inode == InitialProcess;
    }

    /// <summary>Whether this is the namespace in which the machine started.</summary>
    public bool IsHost(NamespaceSighting sighting) => sighting.Inode == InitialNetwork || (_seesInit && sighting.ProcessId == 1);

    public NetworkNamespace Name(NamespaceSighting sighting)
    {
        var (kind, name) = Choose(sighting);
        if (!_taken.Add(name))
        {
            string mark = sighting.ProcessId > 0 ? $"({sighting.ProcessId})" : $"[{sighting.Inode ?? sighting.StandIn}]";
            _taken.Add(name += mark);
        }

        return new NetworkNamespace
        {
            Inode = sighting.Inode,
            StandIn = sighting.StandIn,
            Name = name,
            Kind = kind,
            ProcessId = sighting.ProcessId > 0 ? sighting.ProcessId : null,
            Path = sighting.Path,
            IsOwn = sighting.IsOwn,
        };
    }

    private (NamespaceKind Kind, string Name) Choose(NamespaceSighting sighting)
    {
        if (IsHost(sighting))
            return (NamespaceKind.Host, "host");
        string? file = Path.GetFileName(sighting.Path);
        if (file is not null && !IsMadeUp(file))
            return (NamespaceKind.Named, PrintableName.Of(file));

        string process = sighting.ProcessId > 0 ? sighting.ProcessId.ToString() : sighting.IsOwn ? "thread-self" : "";
        var place = process.Length > 0 ? ReadPlace(process) : default;
        if (place.Container is { } container)
            return (NamespaceKind.Container, container.ToString());
        // A scope stands for a command that somebody ran, not for a service.
        if (place.Unit is { } unit && unit.EndsWith(".service", StringComparison.Ordinal))
            return (NamespaceKind.Service, unit);
        if (file is not null)
            return (NamespaceKind.Named, PrintableName.Of(file));
        return (NamespaceKind.Process, process.Length > 0 ? NameOfProcess(process) : $"net:[{sighting.Inode ?? sighting.StandIn}]");
    }

    // CNI plug-ins (cni-<uuid>) and Podman (netns-<uuid>) name namespaces at random; the container's own name tells more.
    private static bool IsMadeUp(string file)
    {
        int dash = file.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && file[..dash] is "cni" or "netns" && Guid.TryParseExact(file[(dash + 1)..], "D", out _);
    }

    private CgroupPlace ReadPlace(string process) =>
        SmallFile.Read($"{_proc}/{process}/cgroup", _buffer, out int length) == Errno.None ? CgroupPlace.Parse(_buffer.AsSpan(0, length)) : default;

    private string NameOfProcess(string process)
    {
        var room = _buffer.AsSpan(0, CommBytes);
        if (SmallFile.Read($"{_proc}/{process}/comm", room, out int length) != Errno.None)
            length = 0;
        string comm = PrintableName.Of(room[..length].TrimEnd((byte)'\n'));
        return $"{(comm.Length > 0 ? comm : "process")}({process})";
    }
}
