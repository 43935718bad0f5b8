using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;

namespace TcpLens.Outputs.Web.Api;

/// <summary>What an answer keeps of the sockets that it is about.</summary>
internal interface ISocketTable
{
    /// <summary>How much of a socket it looks at.</summary>
    SocketDetail Detail { get; }

    void Add(string netns, in SocketRecord socket, in OwnerSighting sighting);
}
