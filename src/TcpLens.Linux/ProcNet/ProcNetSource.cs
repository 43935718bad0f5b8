using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.ProcNet;

/// <summary>
/// Reads the sockets from /proc/net/tcp and tcp6: slower than netlink, exact for ten states, available where netlink is denied and for
/// namespaces that one cannot enter. Sockets in CLOSE are not in these files.
/// </summary>
public sealed class ProcNetSource : ISocketSource
{
    /// <summary>The files of the calling thread's own network namespace (/proc/net would be the process' first thread's).</summary>
    public const string OwnDirectory = "/proc/thread-self/net";

    private const int BufferSize = 64 * 1024;
    private static readonly Phrase s_closeUnseen = new(
        "/proc/net/tcp does not list bound sockets without a connection; netlink on Linux 6.8 or newer does",
        "/proc/net/tcp 不列出已绑定而未连接的套接字；Linux 6.8 及更新版本的 netlink 可以");

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly string _directory;

    /// <summary>A source on the files of one directory.</summary>
    /// <param name="directory">Where tcp and tcp6 lie: <see cref="OwnDirectory"/>, or <c>/proc/PID/net</c> for the namespace of a process.</param>
    public ProcNetSource(string directory = OwnDirectory) => _directory = directory;

    public string Name => "proc";

    /// <summary>The kernel may go on at the number of the line where it stopped: lines that come or go before it shift all others.</summary>
    public bool IsSteady => false;

    public Pass Read(StateMask states, ISocketSink sink)
    {
        var pass = Pass.Whole with { CloseUnseen = states.Contains(TcpState.Close) ? s_closeUnseen : null };
        var (error, ipv4) = ReadFile("tcp", SocketFamily.IPv4, states, sink);
        if (error != Errno.None)
            throw Refusal(error);
        if (ipv4.IsStopped)
            return pass;
        (error, var ipv6) = ReadFile("tcp6", SocketFamily.IPv6, states, sink);
        // Without IPv6 in the kernel there is no such file, and nothing is missing.
        if (error == Errno.ENOENT)
            return Judge(pass, ipv4);
        if (error != Errno.None)
        {
            return pass with
            {
                Completeness = Completeness.Partial,
                Reason = new Phrase("IPv6 is missing: {0}/tcp6 cannot be read ({1})", "缺少 IPv6：无法读取 {0}/tcp6（{1}）").With(_directory, error),
            };
        }

        return ipv6.IsStopped ? pass : Judge(pass, ipv4, ipv6);
    }

    public void Dispose()
    {
        // Nothing is held between passes.
    }

    private static Pass Judge(Pass pass, params ReadOnlySpan<ProcTcpTable> tables)
    {
        int bad = 0;
        foreach (var table in tables)
        {
            bad += table.BadRows;
            if (!table.IsWhole)
            {
                var cut = new Phrase("the kernel's table ended in the middle of a line", "内核的表在一行中间中断");
                pass = pass with { Completeness = Completeness.Truncated, Reason = cut };
            }
        }

        if (bad == 0 || pass.Completeness == Completeness.Truncated)
            return pass with { BadRows = bad };
        var reason = new Phrase("{0} lines were not understood", "有 {0} 行无法解析").With(bad);
        return pass with { Completeness = Completeness.Partial, Reason = reason, BadRows = bad };
    }

    private (Errno Error, ProcTcpTable Table) ReadFile(string name, SocketFamily family, StateMask states, ISocketSink sink)
    {
        var table = new ProcTcpTable(family, states, sink);
        var error = SequentialFile.TryOpen(Path.Combine(_directory, name), out var file);
        if (file is null)
            return (error, table);
        using (file)
        {
            while (!table.IsStopped)
            {
                error = file.Read(_buffer, out int length);
                if (error != Errno.None || length == 0)
                    return (error, table);
                table.Take(_buffer.AsSpan(0, length));
            }
        }

        return (Errno.None, table);
    }

    private SourceUnavailableException Refusal(Errno error) => new(Name, error switch
    {
        Errno.ENOENT => new Phrase(
            "{0}/tcp does not exist; is /proc mounted, and does the process still live?", "{0}/tcp 不存在；/proc 是否已挂载？进程是否还在？").With(_directory),
        Errno.EACCES or Errno.EPERM => new Phrase(
            "{0}/tcp may not be read ({1}); run as root or allow it", "无权读取 {0}/tcp（{1}）；请用 root 运行或放行").With(_directory, error),
        _ => new Phrase("{0}/tcp cannot be read ({1})", "无法读取 {0}/tcp（{1}）").With(_directory, error),
    });
}
