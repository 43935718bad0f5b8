using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;

namespace TcpLens.Outputs.Web.Api;

/// <summary>Counts all sockets and keeps the first of them: by an order, or as the kernel tells them.</summary>
internal sealed class SocketRows(SocketOrder? order, int most) : ISocketTable
{
    private readonly List<ListedSocket> _first = [];
    private readonly SortedSockets? _sorted = order is null ? null : new SortedSockets(order, most);

    public long Matched { get; private set; }

    public void Add(string netns, in SocketRecord socket, in OwnerSighting sighting)
    {
        Matched++;
        if (_sorted is not null)
            _sorted.Add(new ListedSocket(netns, socket, sighting));
        else if (_first.Count < most)
            _first.Add(new ListedSocket(netns, socket, sighting));
    }

    /// <summary>Takes out what was kept.</summary>
    public IReadOnlyList<ListedSocket> Take() => _sorted is null ? _first : _sorted.InOrder();
}
