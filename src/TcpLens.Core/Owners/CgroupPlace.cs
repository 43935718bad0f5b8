using System.Buffers;
using TcpLens.Core.Text;

namespace TcpLens.Core.Owners;

/// <summary>
/// The container and the systemd unit that a cgroup stands for. Knows the paths that Docker, Podman, containerd, CRI-O, LXC and systemd-nspawn
/// make, on cgroup version 1 and 2, with either of their cgroup drivers. Source: cgroups(7), systemd.unit(5).
/// </summary>
/// <param name="Container">The innermost container; <see langword="null"/> outside of containers.</param>
/// <param name="Unit">The innermost service (<c>web.service</c>), else a socket unit (<c>ssh.socket</c>: it listens for a service, and what is accepted stays with it) or a scope that is neither a container nor a login session; <see langword="null"/> without one.</param>
public readonly record struct CgroupPlace(ContainerName? Container, string? Unit)
{
    private const int IdLength = 64;
    private const int ShownIdLength = 12;

    // Kubernetes' numbers of pods are UUIDs, those of static pods 32 digits.
    private const int PodLength = 36;

    private static readonly SearchValues<byte> s_idDigits = SearchValues.Create("0123456789abcdef"u8);
    private static readonly SearchValues<byte> s_podDigits = SearchValues.Create("0123456789abcdef-_"u8);

    public bool IsNowhere => Container is null && Unit is null;

    /// <summary>Reads a <c>/proc/PID/cgroup</c>: the container of any hierarchy, and the first unit that one tells.</summary>
    public static CgroupPlace Parse(ReadOnlySpan<byte> file)
    {
        CgroupPlace found = default;
        foreach (var range in file.Split((byte)'\n'))
        {
            if (!TryGetPath(file[range], out var path))
                continue;
            var place = ParsePath(path);
            found = new CgroupPlace(found.Container ?? place.Container, Better(found.Unit, place.Unit));
        }

        return found;
    }

    /// <summary>Reads one path: <c>/system.slice/web.service</c>.</summary>
    public static CgroupPlace ParsePath(ReadOnlySpan<byte> path)
    {
        ContainerName? container = null;
        string? unit = null;
        string? pod = null;
        bool isPod = path.IndexOf("kubepods"u8) >= 0;
        ReadOnlySpan<byte> parent = default;
        foreach (var range in path.Split((byte)'/'))
        {
            var part = path[range];
            pod = isPod && TryReadPod(part, out string number) ? number : pod;
            if (TryReadContainer(part, parent, isPod, out var found))
                container = found with { Pod = pod };
            else if (IsUnit(part))
                unit = Better(unit, PrintableName.Of(part));
            parent = part;
        }

        return new CgroupPlace(container, unit);
    }

    // A deeper service says more than one above it, and any service more than a socket unit or a scope.
    private static string? Better(string? known, string? other) =>
        known is null || (other is not null && (IsService(other) || !IsService(known))) ? other ?? known : known;

    // The manager of a user's units stands above all of them and says nothing.
    private static bool IsService(string unit) => unit.EndsWith(".service", StringComparison.Ordinal) && !unit.StartsWith("user@", StringComparison.Ordinal);

    private static bool IsUnit(ReadOnlySpan<byte> part)
    {
        if (part.EndsWith(".service"u8) || part.EndsWith(".socket"u8))
            return true;
        // Sessions and the first process say nothing of a service; the watchers of containers are no service either.
        return part.EndsWith(".scope"u8) && !part.StartsWith("session-"u8) && !part.SequenceEqual("init.scope"u8) && part.IndexOf("conmon-"u8) < 0;
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

    // pod3f1e9c2d-0000-..., kubepods-burstable-pod3f1e9c2d_0000_....slice, and the latter followed by :cri-containerd:<id>.
    private static bool TryReadPod(ReadOnlySpan<byte> part, out string number)
    {
        number = "";
        int slice = part.IndexOf(".slice"u8);
        var stem = slice < 0 ? part : part[..slice];
        int at = slice < 0 ? (stem.StartsWith("pod"u8) ? 0 : -1) : stem.LastIndexOf("-pod"u8) + 1;
        if (at < 0 || !stem[at..].StartsWith("pod"u8))
            return false;
        var digits = stem[(at + 3)..];
        if (digits.IsEmpty || digits.Length > PodLength || digits.IndexOfAnyExcept(s_podDigits) >= 0)
            return false;
        number = PrintableName.Of(digits).Replace('_', '-');
        return true;
    }

    private static bool TryReadContainer(ReadOnlySpan<byte> part, ReadOnlySpan<byte> parent, bool isPod, out ContainerName container)
    {
        if (TryReadSystemContainer(part, parent, out container))
            return true;
        var stem = part.EndsWith(".scope"u8) ? part[..^".scope"u8.Length] : part;
        if (stem.Length < IdLength || stem[^IdLength..].IndexOfAnyExcept(s_idDigits) >= 0)
            return false;
        var before = stem[..^IdLength];
        // kubepods-pod01.slice:cri-containerd:<id>, when the runtime takes systemd's form of a path for a directory.
        if (before.EndsWith(":"u8))
            before = before[(before[..^1].LastIndexOf((byte)':') + 1)..];
        // Podman and CRI-O run a watcher beside each container, outside of its namespaces.
        if (before.EndsWith("conmon-"u8))
            return false;
        container = new ContainerName(
            Runtime(before.IsEmpty ? parent : before[..^1], before.IsEmpty, isPod), PrintableName.Of(stem[^IdLength..][..ShownIdLength]));
        return true;
    }

    private static string Runtime(ReadOnlySpan<byte> word, bool isDirectory, bool isPod)
    {
        if (word.SequenceEqual("docker"u8))
            return "docker";
        if (word.StartsWith("libpod"u8))
            return "podman";
        if (isPod && isDirectory)
            return "kubernetes";
        // A directory above the container may be called anything; a prefix of its name is the runtime's.
        if (isDirectory || word.IsEmpty)
            return "container";
        return word.SequenceEqual("cri-containerd"u8) ? "containerd" : word.SequenceEqual("crio"u8) ? "cri-o" : PrintableName.Of(word);
    }

    // Containers that have a name instead of a number.
    private static bool TryReadSystemContainer(ReadOnlySpan<byte> part, ReadOnlySpan<byte> parent, out ContainerName container)
    {
        bool isMachine = parent.SequenceEqual("machine.slice"u8);
        var (runtime, name) = ("", "");
        if (part.StartsWith("lxc.payload."u8))
            (runtime, name) = ("lxc", PrintableName.Of(part["lxc.payload."u8.Length..]));
        else if ((parent.SequenceEqual("lxc"u8) || parent.SequenceEqual("lxc.payload"u8)) && !part.IsEmpty)
            (runtime, name) = ("lxc", PrintableName.Of(part));
        else if (isMachine && part.StartsWith("machine-"u8) && part.EndsWith(".scope"u8))
            (runtime, name) = ("machine", PrintableName.Of(part["machine-"u8.Length..^".scope"u8.Length]));
        else if (isMachine && part.StartsWith("systemd-nspawn@"u8) && part.EndsWith(".service"u8))
            (runtime, name) = ("nspawn", PrintableName.Of(part["systemd-nspawn@"u8.Length..^".service"u8.Length]));
        container = new ContainerName(runtime, name);
        return name.Length > 0;
    }
}
