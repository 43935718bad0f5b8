namespace TcpLens.Linux.Namespaces;

/// <summary>Where processes and named namespaces are looked for; tests have trees of their own.</summary>
public sealed record NamespaceRoots(string Proc = "/proc", string Netns = "/run/netns")
{
    public static NamespaceRoots System { get; } = new();
}
