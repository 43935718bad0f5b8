using TcpLens.Core.Model;

namespace TcpLens.Linux.Owners;

/// <summary>The listeners of the last look, found by the local end of a connection.</summary>
internal sealed class ListenerTable
{
    /// <summary>A tenth of a kilobyte each. Further ones are not followed.</summary>
    private const int Maximum = 65_536;

    private readonly Dictionary<(int Netns, ushort Port), List<SocketRecord>> _listeners = [];
    private int _count;

    public void Clear()
    {
        _listeners.Clear();
        _count = 0;
    }

    public void Add(int netns, in SocketRecord listener)
    {
        if (_count++ >= Maximum)
            return;
        if (!_listeners.TryGetValue((netns, listener.Local.Port), out var onPort))
            _listeners.Add((netns, listener.Local.Port), onPort = []);
        onPort.Add(listener);
    }

    /// <summary>The listener that the connection came to, as the kernel chooses it: of its address, else of all addresses.</summary>
    public SocketRecord? Find(int netns, in TcpEndpoint local)
    {
        if (!_listeners.TryGetValue((netns, local.Port), out var onPort))
            return null;
        SocketRecord? any = null;
        foreach (var listener in onPort)
        {
            if (listener.Local.Address == local.Address)
                return listener;
            // [::] may take IPv4 too; 0.0.0.0 is the nearer one for it.
            bool isOfFamily = listener.Family == SocketFamily.IPv4 == local.Address.IsV4;
            if (listener.Local.Address.IsAny && (isOfFamily || (any is null && local.Address.IsV4)))
                any = listener;
        }

        return any;
    }
}
