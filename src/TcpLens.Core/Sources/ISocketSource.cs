using TcpLens.Core.Model;

namespace TcpLens.Core.Sources;

/// <summary>A way of reading the kernel's TCP sockets in the network namespace of the calling thread.</summary>
public interface ISocketSource : IDisposable
{
    /// <summary>Name of the source as users see it: <c>bpf</c>, <c>netlink</c>, <c>proc</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether sockets that stay are told exactly once while others come and go. Where they are not, only a pass during which nothing
    /// changed is complete.
    /// </summary>
    bool IsSteady { get; }

    /// <summary>
    /// Streams every socket in one of <paramref name="states"/> to <paramref name="sink"/>, in one pass, in the kernel's order.
    /// Keeps nothing: a million sockets cost no more memory than ten.
    /// </summary>
    /// <exception cref="SourceUnavailableException">This kernel, or this user's permissions, do not allow the source at all.</exception>
    Pass Read(StateMask states, ISocketSink sink);
}
