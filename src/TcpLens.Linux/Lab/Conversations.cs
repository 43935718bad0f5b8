using TcpLens.Core.Model;

namespace TcpLens.Linux.Lab;

/// <summary>
/// The outgoing connections of the lab. The host calls, the peer plays the server, so that no listener is needed; each connection is led to
/// its state by the shortest way and checked there. Called on the namespace's thread.
/// </summary>
internal sealed class Conversations : IDisposable
{
    // So few that their SYNs find room in the link's queue beside the retransmissions of all others.
    private const int ChunkLength = 128;

    // TIME_WAIT lasts 60 s from the last segment.
    private static readonly TimeSpan s_refreshInterval = TimeSpan.FromSeconds(20);

    private readonly Peer _peer;
    private readonly List<Conversation> _all = [];
    private readonly List<Conversation> _timeWait = [];
    private readonly Lock _timeWaitLock = new();
    private readonly ITimer _refresh;
    private int _ipv4Made;
    private int _ipv6Made;

    public Conversations(Peer peer)
    {
        _peer = peer;
        _refresh = TimeProvider.System.CreateTimer(_ => RefreshTimeWait(), null, s_refreshInterval, s_refreshInterval);
    }

    /// <summary>Whether a program still has the socket open in the state in which the lab holds it.</summary>
    public static bool IsOwned(TcpState state) => state is TcpState.SynSent or TcpState.Established or TcpState.CloseWait or TcpState.FinWait2;

    /// <summary>Leads <paramref name="count"/> new connections to <paramref name="state"/>; with <paramref name="leave"/> the program closes them there.</summary>
    public void Hold(TcpState state, int count, LabFamily family, bool leave)
    {
        for (int done = 0; done < count; done += ChunkLength)
            HoldChunk(state, Math.Min(ChunkLength, count - done), family, leave);
    }

    /// <summary>Ends every connection so that nothing of it stays in the kernel.</summary>
    public void Dispose()
    {
        _refresh.Dispose();
        lock (_timeWaitLock)
            _timeWait.Clear();
        foreach (var conversation in _all)
        {
            if (conversation.IsLeft)
                conversation.ServerAborts(_peer);
            else
                conversation.Abort();
        }

        _all.Clear();
    }

    private void HoldChunk(TcpState state, int count, LabFamily family, bool leave)
    {
        ref int made = ref family.SpeaksIpv6() ? ref _ipv6Made : ref _ipv4Made;
        int first = made;
        int firstOfAll = _all.Count;
        _peer.IgnoreWaiting();
        for (int i = 0; i < count; i++)
        {
            _all.Add(new Conversation(family, made));
            made++;
        }

        Span<uint> sequences = stackalloc uint[ChunkLength];
        sequences = sequences[..count];
        _peer.AwaitSequences(TcpFlags.Syn, first, sequences, AddressPlan.ConnectionNumber);
        for (int i = 0; i < count; i++)
        {
            var conversation = _all[firstOfAll + i];
            Lead(conversation, state, sequences[i]);
            if (leave)
                conversation.Leave();
            else
                conversation.DieWithDescriptor();
        }
    }

    private void Lead(Conversation conversation, TcpState state, uint hostInitialSequence)
    {
        if (state == TcpState.SynSent)
            return;
        conversation.ServerAccepts(_peer, hostInitialSequence);
        conversation.Await(TcpState.Established);
        switch (state)
        {
            case TcpState.Established:
                break;
            case TcpState.FinWait1:
                conversation.ShutDown();
                conversation.Await(TcpState.FinWait1);
                break;
            case TcpState.FinWait2:
                conversation.ShutDown();
                conversation.ServerAcknowledges(_peer);
                conversation.Await(TcpState.FinWait2);
                break;
            case TcpState.Closing:
                conversation.ShutDown();
                conversation.ServerClosesAtTheSameMoment(_peer);
                conversation.Await(TcpState.Closing);
                break;
            case TcpState.TimeWait:
                conversation.ShutDown();
                conversation.ServerCloses(_peer);
                // The mini-socket has taken the connection over; what the descriptor still holds is in CLOSE.
                conversation.Await(TcpState.Close);
                lock (_timeWaitLock)
                    _timeWait.Add(conversation);
                break;
            case TcpState.CloseWait:
                conversation.ServerCloses(_peer);
                conversation.Await(TcpState.CloseWait);
                break;
            case TcpState.LastAck:
                conversation.ServerCloses(_peer);
                conversation.Await(TcpState.CloseWait);
                conversation.ShutDown();
                conversation.Await(TcpState.LastAck);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, "not a state of a connection that the host has opened");
        }
    }

    /// <summary>A lone acknowledgement starts the 60 s of TIME_WAIT anew: the lab holds it as long as anybody looks.</summary>
    private void RefreshTimeWait()
    {
        lock (_timeWaitLock)
        {
            foreach (var conversation in _timeWait)
                conversation.ServerRepeats(_peer);
        }
    }
}
