using System.Diagnostics;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Lab;

/// <summary>
/// Holds real sockets of this kernel in wanted TCP states: in a network namespace of its own, whose only link is a TUN device, the lab plays the
/// remote hosts packet by packet. Nothing leaves the namespace, and the host's settings are untouched.
/// </summary>
/// <remarks>
/// <para>The states stand still while the lab lives, TIME_WAIT too (the peer keeps refreshing it), but for two: FIN_WAIT2 of closed sockets ends
/// after 60 s, and FIN_WAIT1, LAST_ACK and CLOSING, which are closed sockets as in life, after about 200 s. When the
/// process is killed instead of disposing the lab, those last three live on for as long; all other sockets end with the process.</para>
/// <para>Every socket in LISTEN, CLOSE, SYN_SENT, ESTABLISHED, CLOSE_WAIT and FIN_WAIT2 costs a file descriptor of this process; the others cost none.</para>
/// <para>Safe for several threads; one at a time is served. After a <see cref="LabException"/> of a Hold method the lab can only be disposed.</para>
/// </remarks>
public sealed class StateLab : IDisposable
{
    private readonly NamespaceThread _thread;
    private readonly LabCensus _census = new();
    private readonly Peer _peer;
    private readonly Conversations _conversations;
    private readonly Listeners _listeners;
    private bool _hasIpv6;
    private bool _isDisposed;

    private StateLab(NamespaceThread thread)
    {
        _thread = thread;
        _peer = new Peer(thread.Run(LabNetwork.Build));
        _conversations = new Conversations(_peer);
        _listeners = new Listeners(_peer);
        _hasIpv6 = thread.Run(static () => LabNetwork.HasIpv6);
    }

    /// <summary>Makes an empty lab: no sockets at all. Needs CAP_SYS_ADMIN, CAP_NET_ADMIN and <c>/dev/net/tun</c>.</summary>
    /// <exception cref="LabException">One of them is missing; the reason says what to do.</exception>
    public static StateLab Create()
    {
        var thread = new NamespaceThread();
        try
        {
            return new StateLab(thread);
        }
        catch
        {
            thread.Dispose();
            throw;
        }
    }

    /// <summary>
    /// What the lab holds now, exactly: a complete reading of its namespace gives the same. <see cref="OwnListeners"/> are in it. Sockets that
    /// programs in the namespace open by themselves are not.
    /// </summary>
    public StateCounts Expected => _census.ToCounts();

    /// <summary>Of the sockets in LISTEN, those that nobody asked for: SYN_RECV needs a listener, and the lab makes one where it holds none that fits.</summary>
    public int OwnListeners { get; private set; }

    /// <summary>The namespace as a file, for setns(2) and <c>nsenter --net=</c>.</summary>
    public string NamespacePath => _thread.NamespacePath;

    /// <summary>
    /// Adds <paramref name="count"/> sockets in <paramref name="state"/> (0 or more) and returns when the kernel has them there. FIN_WAIT2 is
    /// owned: the program has shut down and still holds the descriptor. LISTEN of IPv6 is dual-stack at <c>[::]</c>. SYN_RECV goes to a listener
    /// that is there; a listener that the lab had to make for it is the first to become a requested one.
    /// </summary>
    /// <exception cref="LabException">A limit of this host stands in the way, or IPv6 is off.</exception>
    public void Hold(TcpState state, int count, LabFamily family = LabFamily.IPv4)
    {
        _ = state.Info();
        Order(count, family, state is TcpState.Listen or TcpState.Close || Conversations.IsOwned(state), () =>
        {
            switch (state)
            {
                case TcpState.Listen:
                    _census.Add(TcpState.Listen, family, _listeners.Listen(count, family));
                    break;
                case TcpState.Close:
                    _listeners.Bind(count, family);
                    _census.Add(TcpState.Close, family, count);
                    break;
                case TcpState.SynRecv:
                    _census.Add(TcpState.Listen, family, _listeners.HalfOpen(count, family));
                    _census.Add(TcpState.SynRecv, family, count);
                    break;
                default:
                    _conversations.Hold(state, count, family, leave: !Conversations.IsOwned(state));
                    _census.Add(state, family, count);
                    break;
            }
        });
    }

    /// <summary>Adds sockets in FIN_WAIT2 that the program has closed: mini-sockets, which the kernel ends after 60 s.</summary>
    /// <exception cref="LabException">A limit of this host stands in the way, or IPv6 is off.</exception>
    public void HoldOrphanFinWait2(int count, LabFamily family = LabFamily.IPv4) => Order(count, family, isOwned: false, () =>
    {
        _conversations.Hold(TcpState.FinWait2, count, family, leave: true);
        _census.AddOrphanFinWait2(family, count);
    });

    /// <summary>Adds <paramref name="count"/> listeners at one and the same port (SO_REUSEPORT).</summary>
    /// <exception cref="LabException">A limit of this host stands in the way, or IPv6 is off.</exception>
    public void HoldReusePortListeners(int count, LabFamily family = LabFamily.IPv4) => Order(count, family, isOwned: true, () =>
    {
        _listeners.ListenTogether(count, family);
        _census.Add(TcpState.Listen, family, count);
    });

    /// <summary>Switches IPv6 off in the namespace, as <c>net.ipv6.conf.all.disable_ipv6=1</c> does; before any IPv6 socket is held.</summary>
    public void DisableIpv6()
    {
        if (Expected.Sum is var sum && sum.Ipv6 > sum.V4Mapped)
            throw new InvalidOperationException("the lab holds IPv6 sockets already");
        _thread.Run(LabNetwork.DisableIpv6);
        _hasIpv6 = false;
    }

    /// <summary>
    /// Runs <paramref name="work"/> on a thread inside the namespace and waits for it: what it reads of the kernel, and every process that it
    /// starts, sees the lab.
    /// </summary>
    public T Run<T>(Func<T> work) => _thread.Run(work);

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public void Run(Action work) => _thread.Run(work);

    /// <summary>Starts a program inside, with this process's standard streams.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public Process Start(string program, params string[] arguments) => _thread.Run(() =>
    {
        // The runtime ignores broken pipes, and the program would inherit that: `yes | head` inside would complain instead of ending.
        nint handler = LibC.signal(Constants.SIGPIPE, Constants.SIG_DFL);
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        }
        finally
        {
            LibC.signal(Constants.SIGPIPE, handler);
        }
    });

    /// <summary>Ends every socket, the link and the namespace. Programs that were started inside keep an empty namespace alive.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _thread.Run(() =>
        {
            _conversations.Dispose();
            _listeners.Dispose();
        });
        _peer.Dispose();
        _thread.Dispose();
    }

    private void Order(int count, LabFamily family, bool isOwned, Action hold)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return;
        if (family.SpeaksIpv6() && !_hasIpv6)
            throw new LabException(new Phrase("IPv6 is switched off here", "此处 IPv6 已关闭"));
        _thread.Run(() =>
        {
            DescriptorBudget.Reserve(isOwned ? count : 0);
            try
            {
                hold();
            }
            catch (SyscallException exception)
            {
                throw new LabException(
                    new Phrase("the sockets cannot be held: {0}", "无法保持这些套接字：{0}").With(exception.Message), exception);
            }
        });
        OwnListeners = _listeners.Own;
    }
}
