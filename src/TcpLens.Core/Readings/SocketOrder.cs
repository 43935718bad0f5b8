using System.Collections.Immutable;
using TcpLens.Core.Model;

namespace TcpLens.Core.Readings;

/// <summary>A way of sorting sockets, by its name on the command line. What grows into trouble (queues, retransmits) comes with the largest first.</summary>
public sealed class SocketOrder : IComparer<ListedSocket>
{
    private readonly Comparison<SocketRecord> _compare;

    private SocketOrder(string name, Comparison<SocketRecord> compare)
    {
        Name = name;
        _compare = compare;
    }

    public static ImmutableArray<SocketOrder> All { get; } =
    [
        new("state", (a, b) => Place(a.State).CompareTo(Place(b.State))),
        new("local", (a, b) => Compare(a.Local, b.Local)),
        new("remote", (a, b) => Compare(a.Remote, b.Remote)),
        new("lport", (a, b) => a.Local.Port.CompareTo(b.Local.Port)),
        new("rport", (a, b) => a.Remote.Port.CompareTo(b.Remote.Port)),
        new("recvq", (a, b) => b.ReceiveQueue.CompareTo(a.ReceiveQueue)),
        new("sendq", (a, b) => b.SendQueue.CompareTo(a.SendQueue)),
        new("retrans", (a, b) => b.Retransmits.CompareTo(a.Retransmits)),
        new("uid", (a, b) => a.UserId.CompareTo(b.UserId)),
    ];

    public string Name { get; }

    /// <summary>The same order backwards.</summary>
    public SocketOrder Reversed() => new(Name, (a, b) => _compare(b, a));

    // Equal sockets are told apart by their ends, so that a list is the same each time.
    public int Compare(ListedSocket x, ListedSocket y)
    {
        int order = _compare(x.Socket, y.Socket);
        if (order == 0)
            order = Compare(x.Socket.Local, y.Socket.Local);
        return order != 0 ? order : Compare(x.Socket.Remote, y.Socket.Remote);
    }

    private static int Place(TcpState state) => TcpStates.All.IndexOf(state.Info());

    private static int Compare(TcpEndpoint a, TcpEndpoint b)
    {
        int order = a.Address.CompareTo(b.Address);
        return order != 0 ? order : a.Port.CompareTo(b.Port);
    }
}
