using TcpLens.Core.Model;

namespace TcpLens.Core.Sources;

/// <summary>Takes the sockets that a source streams, one after the other, on the source's thread.</summary>
public interface ISocketSink
{
    /// <summary>How much of a socket the sink looks at. A source may leave the rest out, and is faster then.</summary>
    SocketDetail Detail => SocketDetail.All;

    /// <summary>Looks at one socket. Must neither block nor allocate: a host may have a million of them.</summary>
    /// <returns><see langword="false"/> when the sink has seen enough; the source then stops reading.</returns>
    bool Take(in SocketRecord socket);
}
