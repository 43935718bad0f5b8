namespace TcpLens.Linux.Bpf;

/// <summary>What is walked.</summary>
internal enum WalkTable
{
    /// <summary>The hash of all sockets but listeners.</summary>
    Connections,

    Listeners,

    /// <summary>The ring of all network namespaces.</summary>
    Namespaces,
}
