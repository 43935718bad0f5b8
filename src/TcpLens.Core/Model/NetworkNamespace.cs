namespace TcpLens.Core.Model;

/// <summary>
/// One network namespace of the machine: the TCP sockets in it are its own. Source: network_namespaces(7), namespaces(7).
/// </summary>
public sealed record NetworkNamespace
{
    /// <summary>Unique among the namespaces of one survey: <see cref="Inode"/>, or <see cref="StandIn"/> where that may not be read.</summary>
    public ulong Id => Inode ?? StandIn ?? 0;

    /// <summary>The namespace's inode number, as <c>net:[4026531833]</c> tells it; <see langword="null"/> where no process may be asked.</summary>
    public ulong? Inode { get; init; }

    /// <summary>
    /// Inode number of <c>net/tcp</c> in a process's directory: equal within a namespace, different between, and every user may read it.
    /// <see langword="null"/> when no process is inside.
    /// </summary>
    public ulong? StandIn { get; init; }

    /// <summary>Unique name within one survey, printable: <c>host</c>, <c>blue</c>, <c>docker:0123456789ab</c>, <c>web.service</c>, <c>nginx(42)</c>.</summary>
    public required string Name { get; init; }

    public required NamespaceKind Kind { get; init; }

    /// <summary>The process inside with the lowest number; <see langword="null"/> when none is inside or seen.</summary>
    public int? ProcessId { get; init; }

    /// <summary>A file that stands for the namespace (<c>/run/netns/blue</c>); <see langword="null"/> when there is none.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the thread that made the survey is inside.</summary>
    public bool IsOwn { get; init; }
}
