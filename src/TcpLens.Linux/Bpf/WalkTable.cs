namespace TcpLens.Linux.Bpf;

/// <summary>What is walked.</summary>
internal enum WalkTable
{
    /// <summary>The hash of all sockets but listeners.</summary>
    Connections,

    Listeners,

    /// <summary>The ring of all network namespaces.</summary>
    Namespaces,

    /// <summary>The table of local ports, for what holds one and nothing else. Its program is loaded when it is wanted: <see cref="HashWalk.TryLoadBound"/>.</summary>
    Bound,
}
