using System.Diagnostics;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Lab;

/// <summary>One outgoing connection of the host: the program's side (its descriptor) and the server's side (what it has sent and heard).</summary>
internal sealed class Conversation
{
    private const uint ServerInitialSequence = 1_000_000;

    private readonly TcpEndpoint _local;
    private readonly TcpEndpoint _server;
    private int _descriptor;
    private uint _hostNext;
    private uint _serverNext = ServerInitialSequence;

    /// <summary>Opens the socket and sends the SYN: SYN_SENT.</summary>
    public Conversation(LabFamily family, int number)
    {
        _local = AddressPlan.LocalEnd(family.SpeaksIpv6(), number);
        _server = AddressPlan.Server(family.SpeaksIpv6(), number);
        _descriptor = TcpSocket.Open(family.Socket());
        try
        {
            TcpSocket.ShareLocalPort(_descriptor);
            TcpSocket.Bind(_descriptor, family.Socket(), _local);
            TcpSocket.Connect(_descriptor, family.Socket(), _server);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Whether no program holds the socket any more.</summary>
    public bool IsLeft => _descriptor < 0;

    /// <summary>The server answers the SYN: ESTABLISHED.</summary>
    public void ServerAccepts(Peer peer, uint hostInitialSequence)
    {
        _hostNext = hostInitialSequence + 1;
        Say(peer, TcpFlags.Syn | TcpFlags.Acknowledgment);
        _serverNext++;
    }

    /// <summary>The program sends its FIN and keeps the descriptor.</summary>
    public void ShutDown()
    {
        TcpSocket.ShutDownSending(_descriptor);
        _hostNext++;
    }

    /// <summary>The server confirms all that the host has sent, its FIN included.</summary>
    public void ServerAcknowledges(Peer peer) => Say(peer, TcpFlags.Acknowledgment);

    /// <summary>The server sends its FIN, and confirms the host's FIN with it.</summary>
    public void ServerCloses(Peer peer)
    {
        Say(peer, TcpFlags.Fin | TcpFlags.Acknowledgment);
        _serverNext++;
    }

    /// <summary>The server sends its FIN before it has seen the host's.</summary>
    public void ServerClosesAtTheSameMoment(Peer peer)
    {
        _hostNext--;
        ServerCloses(peer);
        _hostNext++;
    }

    /// <summary>The server aborts: whatever is left of the connection goes at once.</summary>
    public void ServerAborts(Peer peer) => peer.TrySend(Segment(TcpFlags.Reset | TcpFlags.Acknowledgment));

    /// <summary>The server repeats its last acknowledgement, to a TIME_WAIT the reason to wait its whole time again.</summary>
    public void ServerRepeats(Peer peer) => peer.TrySend(Segment(TcpFlags.Acknowledgment));

    /// <summary>The program closes its descriptor.</summary>
    public void Leave()
    {
        TcpSocket.Close(_descriptor);
        _descriptor = -1;
    }

    /// <summary>The program ends the connection at once: RST, nothing stays.</summary>
    public void Abort()
    {
        DieWithDescriptor();
        Leave();
    }

    /// <summary>From now on the socket dies at once with its descriptor, also when the process is killed.</summary>
    public void DieWithDescriptor() => TcpSocket.DieWithDescriptor(_descriptor);

    /// <summary>Waits until the kernel has the socket in <paramref name="state"/>; as a rule it has already.</summary>
    public void Await(TcpState state)
    {
        long start = Stopwatch.GetTimestamp();
        TcpState now;
        while ((now = TcpSocket.State(_descriptor)) != state)
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(5))
            {
                throw new LabException(new Phrase(
                    "the connection {0} to {1} is in {2} and does not reach {3}",
                    "连接 {0} 到 {1} 处于 {2}，没有进入 {3}").With(_local, _server, now.Info().Linux, state.Info().Linux));
            }

            Thread.Sleep(1);
        }
    }

    private void Say(Peer peer, TcpFlags flags) => peer.Send(Segment(flags));

    private TcpSegment Segment(TcpFlags flags) => new(_server, _local, _serverNext, _hostNext, flags);
}
