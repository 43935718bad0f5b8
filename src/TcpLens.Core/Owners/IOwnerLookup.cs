using TcpLens.Core.Model;

namespace TcpLens.Core.Owners;

/// <summary>The owners of the sockets of one namespace, looked up while they are streamed. Valid during that pass.</summary>
public interface IOwnerLookup
{
    /// <summary>Who holds the socket. Allocates nothing.</summary>
    OwnerSighting OwnerOf(in SocketRecord socket);
}
