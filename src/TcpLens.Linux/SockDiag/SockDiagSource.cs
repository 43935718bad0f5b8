using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.SockDiag;

/// <summary>
/// Reads the sockets by netlink sock_diag, as <c>ss</c> does: exact, and allowed to every user in his own network namespace. One dump
/// request tells both families.
/// </summary>
/// <remarks>Each pass opens its own netlink socket: it belongs to the calling thread's namespace, and no dump can be left half read.</remarks>
public sealed class SockDiagSource : ISocketSource
{
    /// <summary>The kernel fills at most 32 KiB per datagram of a dump; a larger buffer is not faster.</summary>
    private const int BufferSize = 32 * 1024;

    /// <summary>From here on the kernel tells bound sockets (state bit 13).</summary>
    public static readonly Version BoundSockets = new(6, 8);

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly Func<INetlinkTransport> _open;
    private readonly Version _kernel;
    private uint _sequence;

    /// <summary>A source on this host's kernel.</summary>
    public SockDiagSource()
        : this(Open, KernelRelease.Current.Version)
    {
    }

    internal SockDiagSource(Func<INetlinkTransport> open, Version kernel)
    {
        _open = open;
        _kernel = kernel;
    }

    public string Name => "netlink";

    /// <summary>The kernel goes on at the bucket of the hash where it stopped.</summary>
    public bool IsSteady => true;

    public Pass Read(StateMask states, ISocketSink sink)
    {
        using var transport = _open();
        Span<byte> request = stackalloc byte[InetDiagRequest.Size];
        InetDiagRequest.Write(request, states, ++_sequence, sink.Detail >= SocketDetail.Idle);
        var error = transport.Send(request);
        if (error != Errno.None)
            throw SockDiagRefusal.Of(new NetlinkFailure(error, null));
        var dump = new SockDiagDump(sink, _sequence);
        while (!dump.IsOver)
        {
            error = transport.Receive(_buffer, out int length);
            if (error != Errno.None)
                dump.Break(error);
            else
                dump.Take(_buffer.AsSpan(0, Math.Min(length, _buffer.Length)), isCut: length > _buffer.Length);
        }

        return dump.ToPass(CloseUnseen(states, dump.SawClose));
    }

    public void Dispose()
    {
        // Nothing is held between passes.
    }

    private Phrase? CloseUnseen(StateMask states, bool sawClose)
    {
        if (!states.Contains(TcpState.Close) || sawClose || _kernel >= BoundSockets)
            return null;
        return new Phrase(
            "this kernel ({0}) does not tell which sockets are bound and closed; Linux 6.8 and newer do",
            "当前内核（{0}）无法列出已绑定而未连接的套接字，需要 Linux 6.8 或更新版本").With(_kernel);
    }

    private static INetlinkTransport Open()
    {
        var error = NetlinkSocket.TryOpen(out var socket);
        return socket ?? throw SockDiagRefusal.Of(new NetlinkFailure(error, null));
    }
}
