using System.Net.Sockets;
using System.Text;
using TcpLens.Commands;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Reading;

namespace TcpLens.LocalSocket;

/// <summary>
/// The resident monitor's local socket: answers one-shot commands in the same network namespace out of a fresh report. Who may ask is decided by
/// the file's group. At most <see cref="ConnectionsMaximum"/> ask at a time, each for at most <see cref="s_patience"/>.
/// </summary>
internal sealed class LocalServer : IAsyncDisposable
{
    /// <summary>More than any agent has processes; a connection costs 10 KB at most.</summary>
    public const int ConnectionsMaximum = 64;

    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Socket _listener;
    private readonly string _path;
    private readonly ulong _namespace;
    private readonly Func<CancellationToken, Task<Report>> _freshReport;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _room = new(ConnectionsMaximum);
    private readonly Task _accepting;

    private LocalServer(Socket listener, string path, ulong inode, Func<CancellationToken, Task<Report>> freshReport)
    {
        _listener = listener;
        _path = path;
        _namespace = inode;
        _freshReport = freshReport;
        _accepting = AcceptAsync();
    }

    /// <summary>Listens at <paramref name="path"/>, a socket that nobody serves any more taken away.</summary>
    /// <param name="path">Its directory is made where its parent allows it.</param>
    /// <param name="group">The group that may ask; <see langword="null"/>: that of this process.</param>
    /// <param name="inode">The network namespace that the reports are of.</param>
    /// <param name="freshReport">Gives a report of this moment.</param>
    /// <exception cref="LocalSocketException">It cannot be, with the reason.</exception>
    public static LocalServer Start(string path, uint? group, ulong inode, Func<CancellationToken, Task<Report>> freshReport)
    {
        if (Encoding.UTF8.GetByteCount(path) >= LocalConnection.LongestPath)
            throw new LocalSocketException(new Phrase("the path {0} is too long for a socket", "套接字路径 {0} 过长").With(path));
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            MakeRoom(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, Mode);
            if (group is { } number)
                FileOwner.GiveToGroup(path, number);
            listener.Listen(ConnectionsMaximum);
            return new LocalServer(listener, path, inode, freshReport);
        }
        catch (Exception trouble) when (trouble is SocketException or IOException or UnauthorizedAccessException or SyscallException)
        {
            listener.Dispose();
            throw new LocalSocketException(new Phrase("cannot listen at {0}: {1}", "无法在 {0} 监听：{1}").With(path, trouble.Message));
        }
        catch (LocalSocketException)
        {
            listener.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        try
        {
            File.Delete(_path);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // The next start finds that nobody serves it.
        }

        _end.Dispose();
    }

    // A socket that still answers is another monitor's; one that does not was left behind. Anything else is not ours to remove.
    private static void MakeRoom(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        if (!File.Exists(path))
            return;
        if (!FileOwner.IsSocket(path))
            throw new LocalSocketException(new Phrase("{0} is in the way: it is no socket; remove it or choose another path (socket.path)", "{0} 已存在且不是套接字；请删除它或改用其他路径（socket.path）").With(path));
        using (var other = LocalConnection.TryConnect(path, s_patience, out _))
        {
            if (other is not null)
                throw new LocalSocketException(new Phrase("another tcplens already serves {0}", "另一个 tcplens 正在使用 {0}").With(path));
        }

        File.Delete(path);
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await _room.WaitAsync(_end.Token).ConfigureAwait(false);
                var asker = await _listener.AcceptAsync(_end.Token).ConfigureAwait(false);
                _ = ServeAsync(asker);
            }
            catch (SocketException)
            {
                // Out of descriptors, or the asker has gone: the next one may have more luck.
                _room.Release();
                await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket asker)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(s_patience);
        try
        {
            using var stream = new NetworkStream(asker, ownsSocket: true);
            byte[] head = new byte[LocalQuestion.HeadBytes];
            await stream.ReadExactlyAsync(head, limit.Token).ConfigureAwait(false);
            if (!LocalQuestion.TryParseHead(head, out int length))
                return;
            byte[] rest = new byte[length];
            await stream.ReadExactlyAsync(rest, limit.Token).ConfigureAwait(false);
            if (!LocalQuestion.TryParse(rest, out var question))
                return;
            var answer = await AnswerAsync(question, limit.Token).ConfigureAwait(false);
            await stream.WriteAsync(answer.ToBytes(), limit.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            // The asker goes its own way.
        }
        finally
        {
            asker.Dispose();
            _room.Release();
        }
    }

    private async Task<LocalAnswer> AnswerAsync(LocalQuestion question, CancellationToken end)
    {
        if (question.Namespace != _namespace)
            return LocalAnswer.Refusal;
        var report = await _freshReport(end).ConfigureAwait(false);
        if (question.Key == LocalQuestion.Examination)
            return new LocalAnswer(LocalAnswerKind.Examination, ExaminationCodec.ToBytes(report.ToExamination()));
        var kernel = new ReportKernel(report);
        try
        {
            if (question.Key.Length == 0)
                return new LocalAnswer(LocalAnswerKind.Reading, ReadingCodec.ToBytes(kernel.Read(null, SourceChoice.Auto)));
            var answer = ZabbixKeys.Answer(question.Key, kernel, isRead: true);
            return new LocalAnswer(answer.IsSupported ? LocalAnswerKind.Value : LocalAnswerKind.NotSupported, Encoding.UTF8.GetBytes(answer.Text));
        }
        catch (NotSupportedException)
        {
            return LocalAnswer.Refusal;
        }
    }
}
