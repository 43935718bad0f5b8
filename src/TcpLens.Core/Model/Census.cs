using System.Collections.Immutable;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Core.Model;

/// <summary>Counts the sockets of one pass by state and family. Keeps nothing per socket; made once and used again for every pass.</summary>
public sealed class Census : ISocketSink
{
    private readonly long[] _ipv4 = new long[TcpStates.TableLength];
    private readonly long[] _ipv6 = new long[TcpStates.TableLength];
    private readonly long[] _v4Mapped = new long[TcpStates.TableLength];
    private long _orphanFinWait2;

    public SocketDetail Detail => SocketDetail.Ends;

    /// <summary>Sockets with a full structure in the kernel's hash: what <c>inuse</c> of sockstat counts.</summary>
    public long FullSockets { get; private set; }

    /// <summary>TIME_WAIT, and FIN_WAIT2 kept in the same small structure: what <c>tw</c> of sockstat counts.</summary>
    public long MiniSockets { get; private set; }

    public bool Take(in SocketRecord socket)
    {
        Add(socket, 1);
        return true;
    }

    /// <summary>Counts <paramref name="count"/> sockets of the kind of <paramref name="socket"/> at once.</summary>
    public void Add(in SocketRecord socket, long count)
    {
        int number = (int)socket.State;
        if (socket.Family == SocketFamily.IPv4)
        {
            _ipv4[number] += count;
        }
        else
        {
            _ipv6[number] += count;
            if (socket.IsV4Mapped)
                _v4Mapped[number] += count;
        }

        if (socket.State == TcpState.FinWait2 && socket.Inode == 0)
            _orphanFinWait2 += count;
        if (socket.IsMini)
            MiniSockets += count;
        else if (!socket.IsRequest && socket.State != TcpState.Close)
            FullSockets += count;
    }

    /// <summary>Forgets all counts.</summary>
    public void Clear()
    {
        Array.Clear(_ipv4);
        Array.Clear(_ipv6);
        Array.Clear(_v4Mapped);
        _orphanFinWait2 = 0;
        FullSockets = 0;
        MiniSockets = 0;
    }

    /// <summary>The counts so far. <paramref name="closeUnseen"/> as in <see cref="StateCounts.CloseUnseen"/>.</summary>
    public StateCounts ToCounts(Phrase? closeUnseen = null)
    {
        var counts = ImmutableArray.CreateBuilder<StateCount>(TcpStates.TableLength);
        for (int i = 0; i < TcpStates.TableLength; i++)
            counts.Add(new StateCount(_ipv4[i], _ipv6[i], _v4Mapped[i]));
        return new StateCounts(counts.MoveToImmutable(), _orphanFinWait2, closeUnseen);
    }
}
