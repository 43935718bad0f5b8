namespace TcpLens.Core.Model;

/// <summary>
/// Signs of trouble that single sockets show by themselves (a repeated segment, no owner, unread data), counted in one pass. Numbers of
/// sockets, 0 and more. Source: <c>inet_diag</c> and <c>/proc/net/tcp</c> tell them alike.
/// </summary>
public record struct SocketSigns
{
    /// <summary>
    /// A closing segment that was sent again so often has been on its way for six seconds at least: the shortest timeout, 200 ms, doubles
    /// each time.
    /// </summary>
    public const int LateRepeats = 5;

    /// <summary>A SYN that was sent again twice is two to three seconds old.</summary>
    public const int UnansweredRepeats = 2;

    /// <summary>ESTABLISHED that no program has accepted yet: they wait in an accept queue.</summary>
    public int UnacceptedEstablished { get; private set; }

    /// <summary>CLOSE_WAIT that no program has accepted yet: the client gave up while it waited in an accept queue.</summary>
    public int UnacceptedCloseWait { get; private set; }

    /// <summary>CLOSE_WAIT with data that the program has not read (more than the FIN alone).</summary>
    public int UnreadCloseWait { get; private set; }

    /// <summary>SYN_RECV whose SYN-ACK was sent again at least once.</summary>
    public int RepeatedSynRecv { get; private set; }

    /// <summary>SYN_SENT whose SYN was sent again at least <see cref="UnansweredRepeats"/> times.</summary>
    public int UnansweredSynSent { get; private set; }

    /// <summary>FIN_WAIT1 whose FIN was sent again at least <see cref="LateRepeats"/> times.</summary>
    public int LateFinWait1 { get; private set; }

    /// <summary>FIN_WAIT1 whose peer advertises a zero window: data waits, the FIN behind it.</summary>
    public int BlockedFinWait1 { get; private set; }

    /// <summary>LAST_ACK whose FIN was sent again at least <see cref="LateRepeats"/> times.</summary>
    public int LateLastAck { get; private set; }

    /// <summary>CLOSING whose FIN was sent again at least <see cref="LateRepeats"/> times.</summary>
    public int LateClosing { get; private set; }

    /// <summary>
    /// ESTABLISHED, accepted, whose data or keepalive probe was sent again at least <see cref="LateRepeats"/> times: the peer is silent. Not those whose
    /// peer answers with a zero window.
    /// </summary>
    public int LateEstablished { get; private set; }

    /// <summary>Looks at one socket. Allocates nothing.</summary>
    public void Add(in SocketRecord socket)
    {
        bool isLate = socket.Retransmits >= LateRepeats;
        switch (socket.State)
        {
            case TcpState.Established when socket.Inode == 0:
                UnacceptedEstablished++;
                break;
            case TcpState.Established when isLate && socket.Timer != SocketTimer.ZeroWindowProbe:
                LateEstablished++;
                break;
            case TcpState.CloseWait when socket.Inode == 0:
                UnacceptedCloseWait++;
                break;
            case TcpState.CloseWait when socket.ReceiveQueue > 1:
                UnreadCloseWait++;
                break;
            case TcpState.SynRecv when socket.Retransmits > 0:
                RepeatedSynRecv++;
                break;
            case TcpState.SynSent when socket.Retransmits >= UnansweredRepeats:
                UnansweredSynSent++;
                break;
            case TcpState.FinWait1 when socket.Timer == SocketTimer.ZeroWindowProbe:
                BlockedFinWait1++;
                break;
            case TcpState.FinWait1 when isLate:
                LateFinWait1++;
                break;
            case TcpState.LastAck when isLate:
                LateLastAck++;
                break;
            case TcpState.Closing when isLate:
                LateClosing++;
                break;
            default:
                break;
        }
    }
}
