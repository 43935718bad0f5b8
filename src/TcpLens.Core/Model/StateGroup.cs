namespace TcpLens.Core.Model;

/// <summary>Who is doing what: the group gives a state its family of colours and its place in every list.</summary>
public enum StateGroup
{
    /// <summary>No connection: waiting for callers (LISTEN) or holding a port only (CLOSE).</summary>
    Idle,

    /// <summary>A handshake under way (SYN_SENT, SYN_RECV).</summary>
    Opening,

    /// <summary>Both sides may send (ESTABLISHED).</summary>
    Open,

    /// <summary>This host closed first (FIN_WAIT1, FIN_WAIT2, CLOSING, TIME_WAIT).</summary>
    ClosingByUs,

    /// <summary>The peer closed first (CLOSE_WAIT, LAST_ACK).</summary>
    ClosingByPeer,
}
