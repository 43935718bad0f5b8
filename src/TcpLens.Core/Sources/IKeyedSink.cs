using TcpLens.Core.Model;

namespace TcpLens.Core.Sources;

/// <summary>Takes numbers of sockets by key. A key may come several times: the numbers add up.</summary>
public interface IKeyedSink
{
    /// <summary>So many sockets of the key (<see cref="SocketKey.Of"/>) are in the state.</summary>
    void Add(UInt128 key, TcpState state, long count);

    /// <summary>So many sockets had more keys than the source could tell apart.</summary>
    void AddOthers(long count);
}
