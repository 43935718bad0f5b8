using System.Diagnostics;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Lab;

/// <summary>
/// All remote hosts of the lab: the far end of its link. The kernel takes a packet before <see cref="Send"/> returns; what it answers waits in
/// the link's queue. What nobody reads there is lost, which is what a silent peer is for.
/// </summary>
internal sealed class Peer(FileDescriptor link) : IDisposable
{
    // The largest packet of the link (its MTU); a SYN of the kernel is 60 to 80 bytes.
    private const int PacketLength = 1500;

    // Without the bits of ECN, which a host may put into its SYN.
    private const TcpFlags OpeningFlags = TcpFlags.Syn | TcpFlags.Acknowledgment | TcpFlags.Fin | TcpFlags.Reset;

    // A lost SYN comes again after 1 s; a kernel that says nothing for so long will not.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public void Send(in TcpSegment segment)
    {
        Span<byte> packet = stackalloc byte[TcpSegment.MaximumLength];
        TunDevice.Write(link, packet[..segment.Write(packet)]);
    }

    /// <summary>As <see cref="Send"/>; false when the link is down, which a program inside the namespace may have done.</summary>
    public bool TrySend(in TcpSegment segment)
    {
        try
        {
            Send(segment);
            return true;
        }
        catch (SyscallException)
        {
            return false;
        }
    }

    /// <summary>Throws away what waits in the queue: retransmissions and acknowledgements that nobody wants to hear.</summary>
    public void IgnoreWaiting()
    {
        Span<byte> packet = stackalloc byte[PacketLength];
        while (TunDevice.Read(link, packet, timeoutMilliseconds: 0) > 0)
        {
        }
    }

    /// <summary>
    /// Waits until the kernel has sent a segment with <paramref name="flags"/> on each of the connections <paramref name="first"/> and
    /// following, one for each element of <paramref name="sequences"/>, and notes its sequence number there.
    /// </summary>
    public void AwaitSequences(TcpFlags flags, int first, Span<uint> sequences, NumberOf numberOf)
    {
        var heard = new bool[sequences.Length];
        int missing = sequences.Length;
        long start = Stopwatch.GetTimestamp();
        Span<byte> packet = stackalloc byte[PacketLength];
        while (missing > 0)
        {
            int length = TunDevice.Read(link, packet, timeoutMilliseconds: 100);
            if (length > 0 && TcpSegment.TryParse(packet[..length], out var segment) && (segment.Flags & OpeningFlags) == flags)
            {
                long index = numberOf(segment) - first;
                if (index >= 0 && index < heard.Length && !heard[index])
                {
                    heard[index] = true;
                    sequences[(int)index] = segment.Sequence;
                    missing--;
                }
            }

            if (missing > 0 && Stopwatch.GetElapsedTime(start) > s_patience)
            {
                throw new LabException(new Phrase(
                    "the kernel did not answer on {0} of {1} connections: a limit of this host stops them (see `nstat -z | grep -i drop`)",
                    "{1} 个连接中有 {0} 个内核没有应答：受到本机某个限制的阻止（请看 nstat -z | grep -i drop）").With(missing, sequences.Length));
            }
        }
    }

    public void Dispose() => link.Dispose();

    /// <summary>The number of the connection to which a segment of the host belongs.</summary>
    public delegate long NumberOf(in TcpSegment fromHost);
}
