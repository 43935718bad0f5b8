using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.Outputs.Web.Api;

/// <summary>What an answer keeps of the sockets that it is about.</summary>
internal interface ISocketTable
{
    void Add(string netns, in SocketRecord socket, in OwnerSighting sighting);
}
