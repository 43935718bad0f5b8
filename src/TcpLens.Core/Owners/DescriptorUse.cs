namespace TcpLens.Core.Owners;

/// <summary>How many descriptors a process has open, of those that it may have. Source: <c>/proc/PID/fd</c>, <c>/proc/PID/limits</c>.</summary>
/// <param name="Owner">The process.</param>
/// <param name="Open">Open descriptors: sockets and everything else.</param>
/// <param name="Maximum">Its soft limit (<c>RLIMIT_NOFILE</c>), at least 1.</param>
public readonly record struct DescriptorUse(Owner Owner, long Open, long Maximum)
{
    public double Percent => 100.0 * Open / Maximum;
}
