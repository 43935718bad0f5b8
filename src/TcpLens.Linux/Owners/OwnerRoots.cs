namespace TcpLens.Linux.Owners;

/// <summary>Where processes, users and cgroups are looked for; tests have trees of their own.</summary>
/// <param name="Proc">The processes.</param>
/// <param name="Users">The file of users.</param>
/// <param name="Cgroups">Where cgroup version 2 may be mounted; the first that is one counts.</param>
public sealed record OwnerRoots(string Proc, string Users, params IReadOnlyList<string> Cgroups)
{
    public static OwnerRoots System { get; } = new("/proc", "/etc/passwd", "/sys/fs/cgroup", "/sys/fs/cgroup/unified");
}
