using TcpLens.Core.Filtering;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Sources;

namespace TcpLens.Outputs.Web.Api;

/// <summary>Hands on the sockets of one namespace that pass the filter, until nobody wants the answer any more.</summary>
internal sealed class NamedSink(SocketFilter filter, string netns, IOwnerLookup? owners, ISocketTable table, CancellationToken end) : ISocketSink
{
    public bool Take(in SocketRecord socket)
    {
        if (filter.Matches(socket))
        {
            var sighting = owners?.OwnerOf(socket) ?? default;
            if (!filter.AsksOwner || filter.MatchesOwner(sighting.Owner))
                table.Add(netns, socket, sighting);
        }

        return !end.IsCancellationRequested;
    }
}
