using System.Buffers;
using TcpLens.Core.Model;

namespace TcpLens.Linux.Namespaces;

/// <summary>
/// Says which container or systemd service a process belongs to, from its <c>/proc/&lt;pid&gt;/cgroup</c>. Knows the paths that Docker,
/// Podman, containerd, CRI-O, LXC and systemd-nspawn make, on cgroup version 1 and 2, with either of their cgroup drivers. Source: cgroups(7).
/// </summary>
internal readonly record struct CgroupOwner(NamespaceKind Kind, string Name)
{
    private const int IdLength = 64;
    private const int ShownIdLength = 12;

    private static readonly SearchValues<byte> IdDigits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Finds the innermost container in any hierarchy, else the innermost service.</summary>
    /// <returns><see langword="false"/> when the process is in neither, as in a login session.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out CgroupOwner owner)
    {
        owner = default;
        bool found = false;
        foreach (var range in text.Split((byte)'\n'))
        {
            if (!TryGetPath(text[range], out var path) || !TryRead(path, out var candidate))
                continue;
            if (candidate.Kind == NamespaceKind.Container)
            {
                owner = candidate;
                return true;
            }

            if (!found)
                owner = candidate;
            found = true;
        }

        return found;
    }

    // 12:memory:/path, 1:name=systemd:/path, 0::/path. The path may hold colons itself.
    private static bool TryGetPath(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> path)
    {
        path = default;
        int first = line.IndexOf((byte)':');
        if (first < 0)
            return false;
        int second = line[(first + 1)..].IndexOf((byte)':');
        if (second < 0)
            return false;
        path = line[(first + second + 2)..];
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> path, out CgroupOwner owner)
    {
        owner = default;
        bool found = false;
        bool isPod = path.IndexOf("kubepods"u8) >= 0;
        ReadOnlySpan<byte> parent = default;
        foreach (var range in path.Split((byte)'/'))
        {
            var part = path[range];
            if (TryReadContainer(part, parent, isPod, out string name))
                (owner, found) = (new CgroupOwner(NamespaceKind.Container, name), true);
            else if (part.EndsWith(".service"u8) && owner.Kind != NamespaceKind.Container)
                (owner, found) = (new CgroupOwner(NamespaceKind.Service, PrintableName.Of(part)), true);
            parent = part;
        }

        return found;
    }

    private static bool TryReadContainer(ReadOnlySpan<byte> part, ReadOnlySpan<byte> parent, bool isPod, out string name)
    {
        name = "";
        if (TryReadSystemContainer(part, parent, out name))
            return true;
        var stem = part.EndsWith(".scope"u8) ? part[..^".scope"u8.Length] : part;
        if (stem.Length < IdLength || stem[^IdLength..].IndexOfAnyExcept(IdDigits) >= 0)
            return false;
        var before = stem[..^IdLength];
        // kubepods-pod01.slice:cri-containerd:<id>, when the runtime takes systemd's form of a path for a directory.
        if (before.EndsWith(":"u8))
            before = before[(before[..^1].LastIndexOf((byte)':') + 1)..];
        // Podman and CRI-O run a watcher beside each container, outside of its namespaces.
        if (before.EndsWith("conmon-"u8))
            return false;
        name = Runtime(before.IsEmpty ? parent : before[..^1], before.IsEmpty, isPod) + ":" + PrintableName.Of(stem[^IdLength..][..ShownIdLength]);
        return true;
    }

    private static string Runtime(ReadOnlySpan<byte> word, bool isDirectory, bool isPod)
    {
        if (word.SequenceEqual("docker"u8))
            return "docker";
        if (word.SequenceEqual("libpod"u8))
            return "podman";
        if (isPod && isDirectory)
            return "kubepods";
        // A directory above the container may be called anything; a prefix of its name is the runtime's.
        return isDirectory || word.IsEmpty ? "container" : PrintableName.Of(word);
    }

    // Containers that have a name instead of a number.
    private static bool TryReadSystemContainer(ReadOnlySpan<byte> part, ReadOnlySpan<byte> parent, out string name)
    {
        name = "";
        if (part.StartsWith("lxc.payload."u8))
            name = "lxc:" + PrintableName.Of(part["lxc.payload."u8.Length..]);
        else if ((parent.SequenceEqual("lxc"u8) || parent.SequenceEqual("lxc.payload"u8)) && !part.IsEmpty)
            name = "lxc:" + PrintableName.Of(part);
        else if (parent.SequenceEqual("machine.slice"u8) && part.StartsWith("machine-"u8) && part.EndsWith(".scope"u8))
            name = "machine:" + PrintableName.Of(part["machine-"u8.Length..^".scope"u8.Length]);
        else if (parent.SequenceEqual("machine.slice"u8) && part.StartsWith("systemd-nspawn@"u8) && part.EndsWith(".service"u8))
            name = "nspawn:" + PrintableName.Of(part["systemd-nspawn@"u8.Length..^".service"u8.Length]);
        return name.Length > 0;
    }
}
