using TcpLens.Core.Grouping;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;

namespace TcpLens.Outputs.Web.Api;

/// <summary>Counts sockets by what they have in common.</summary>
internal sealed class GroupTable(GroupBy by) : ISocketTable
{
    public SocketGroups Groups { get; } = new(by);

    public void Add(string netns, in SocketRecord socket, in OwnerSighting sighting) => Groups.Add(netns, socket, sighting);
}
