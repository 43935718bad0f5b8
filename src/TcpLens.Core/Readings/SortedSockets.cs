namespace TcpLens.Core.Readings;

/// <summary>The first <paramref name="most"/> sockets in an order, however many there are: the last of them is the first to go. Costs a quarter of a kilobyte each.</summary>
/// <param name="order">How they are sorted.</param>
/// <param name="most">How many are kept, at least 1.</param>
public sealed class SortedSockets(SocketOrder order, int most)
{
    // The socket is its own priority; an element of one byte beside it keeps it from being stored twice.
    private readonly PriorityQueue<byte, ListedSocket> _kept = new(Comparer<ListedSocket>.Create((a, b) => order.Compare(b, a)));

    /// <summary>Keeps the socket if it is among the first.</summary>
    public void Add(ListedSocket socket)
    {
        if (_kept.Count < most)
            _kept.Enqueue(0, socket);
        else
            _kept.EnqueueDequeue(0, socket);
    }

    /// <summary>Takes out what was kept, in order.</summary>
    public ListedSocket[] InOrder()
    {
        var sockets = new ListedSocket[_kept.Count];
        for (int i = sockets.Length - 1; _kept.TryDequeue(out _, out var last); i--)
            sockets[i] = last;
        return sockets;
    }
}
