namespace TcpLens.Linux.Reading;

/// <summary>Which source to read.</summary>
public enum SourceChoice
{
    /// <summary>The best one that this host allows.</summary>
    Auto,
    Bpf,
    Netlink,
    Proc,
}
