using TcpLens.Core.Filtering;
using TcpLens.Core.Owners;

namespace TcpLens.Core.Sources;

/// <summary>The connections themselves, for readers that ask for them now and then. One asks at a time; others wait.</summary>
public interface IConnections
{
    /// <summary>Streams the sockets that pass the filter's states to the sink of their namespace, in the kernel's order; the sink applies the filter.</summary>
    /// <param name="filter">Its <c>netns:</c> words choose the namespaces; without any it is the own one.</param>
    /// <param name="sinkOf">Gives the sink of the namespace with that name.</param>
    /// <returns>How complete each pass was.</returns>
    /// <exception cref="SourceUnavailableException">The own namespace cannot be read.</exception>
    IReadOnlyList<NamespacePass> Stream(SocketFilter filter, Func<string, ISocketSink> sinkOf);

    /// <summary>Streams the same with their owners, for whom all sockets and what processes hold of them are looked at first.</summary>
    /// <param name="filter">As in <see cref="Stream"/>.</param>
    /// <param name="sinkOf">Gives the sink of the namespace with that name; the sink may ask for owners while it takes sockets.</param>
    /// <returns>How complete each pass was, and what stood in the way of finding owners.</returns>
    /// <exception cref="SourceUnavailableException">The own namespace cannot be read.</exception>
    OwnedPasses StreamOwned(SocketFilter filter, Func<string, IOwnerLookup, ISocketSink> sinkOf);
}
