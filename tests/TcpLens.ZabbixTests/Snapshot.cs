namespace TcpLens.ZabbixTests;

/// <summary>What the kernel shows of a network namespace at one moment, seen without TcpLens.</summary>
/// <param name="Numbers">Its counters (<see cref="KernelNumbers"/>).</param>
/// <param name="Sockets">Its sockets but those in CLOSE, which ss does not show.</param>
internal sealed record Snapshot(IReadOnlyDictionary<string, long> Numbers, IReadOnlyList<SeenSocket> Sockets)
{
    /// <summary>The listening ports in rising order.</summary>
    public IEnumerable<int> ListeningPorts => Sockets.Where(socket => socket.IsListener).Select(socket => socket.Port).Distinct().Order();

    public IEnumerable<SeenSocket> Listeners(int port) => Sockets.Where(socket => socket.IsListener && socket.Port == port);

    /// <summary>Sockets in a state, in ss' spelling, whose local port it is.</summary>
    public long Count(string state, int? port) => Sockets.Count(socket => socket.State == state && socket.Port == port);
}
