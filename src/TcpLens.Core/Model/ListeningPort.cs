namespace TcpLens.Core.Model;

/// <summary>One local port on which programs listen, with its queues and the connections that have it as their local port.</summary>
public sealed record ListeningPort
{
    public required ushort Port { get; init; }

    public required ListenerScope Scope { get; init; }

    /// <summary>Sockets that listen on the port: several with SO_REUSEPORT, or on several addresses.</summary>
    public required int Listeners { get; init; }

    public bool HasIPv4 { get; init; }

    public bool HasIPv6 { get; init; }

    /// <summary>Connections that wait for accept() in the fullest queue of the port's listeners.</summary>
    public required long AcceptQueue { get; init; }

    /// <summary>The limit of that queue: the smaller of listen()'s backlog and somaxconn. <see langword="null"/> where the source cannot tell.</summary>
    public required long? AcceptQueueMaximum { get; init; }

    /// <summary>The limits of all listeners of the port together, which also limit the half-open requests; <see langword="null"/> when unknown.</summary>
    public required long? HalfOpenMaximum { get; init; }

    /// <summary>Sockets by the kernel's state number, <see cref="TcpStates.TableLength"/> long, listeners included.</summary>
    public required IReadOnlyList<int> ByState { get; init; }

    public int this[TcpState state] => ByState[(int)state];

    /// <summary>0 to a little above 100: the kernel takes one connection more than the limit.</summary>
    public double? AcceptQueuePercent => 100.0 * AcceptQueue / AcceptQueueMaximum;

    public double? HalfOpenPercent => 100.0 * this[TcpState.SynRecv] / HalfOpenMaximum;

    /// <summary><c>ipv4</c>, <c>ipv6</c> or <c>both</c>. A listener on <c>[::]</c> is IPv6 and mostly serves IPv4 too.</summary>
    public string Family => (HasIPv4, HasIPv6) switch
    {
        (true, true) => "both",
        (true, false) => "ipv4",
        _ => "ipv6",
    };
}
