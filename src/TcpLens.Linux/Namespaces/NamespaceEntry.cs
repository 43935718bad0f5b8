using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Namespaces;

/// <summary>
/// Does work inside another network namespace. Needs CAP_SYS_ADMIN (setns(2)), and CAP_SYS_PTRACE for one that only a process of another
/// user stands for.
/// </summary>
public static class NamespaceEntry
{
    /// <summary>
    /// Runs <paramref name="work"/> inside <paramref name="target"/> and returns when it has ended. The thread's own namespace needs no entry:
    /// there the calling thread does the work. For any other a new thread enters and ends afterwards, so that no thread of the pool is ever
    /// left in a wrong namespace; sockets that the work opens stay in the namespace. What the work throws comes to the caller.
    /// </summary>
    /// <exception cref="NamespaceEntryException">No permission, or the namespace is gone; the work was not begun.</exception>
    public static T Run<T>(NetworkNamespace target, Func<T> work)
    {
        if (target.IsOwn)
            return work();

        using var door = Open(target);
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(target, door);
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            IsBackground = true,
            Name = "netns " + target.Name,
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    /// <summary>
    /// The directory in which the kernel tells the namespace's sockets and counters as text, to every user and without entry:
    /// <c>/proc/&lt;pid&gt;/net</c>. <see langword="null"/> when no process is inside.
    /// </summary>
    public static string? NetDirectory(NetworkNamespace target)
    {
        if (target.IsOwn)
            return "/proc/thread-self/net";
        return target.ProcessId is { } process ? $"/proc/{process}/net" : null;
    }

    private static FileDescriptor Open(NetworkNamespace target)
    {
        string path = target.Path ?? (target.ProcessId is { } process ? $"/proc/{process}/ns/net" : "");
        var door = new FileDescriptor(LibC.open(path, Constants.O_RDONLY | Constants.O_CLOEXEC, 0));
        if (door.IsInvalid)
            throw Failure(target, (Errno)Marshal.GetLastPInvokeError());

        // The number of a process, and the name of a file, may stand for another namespace by now.
        if (target.Inode is { } inode && (FileIdentity.Of(door, out var identity) != Errno.None || identity.Inode != inode))
        {
            door.Dispose();
            throw Gone(target);
        }

        return door;
    }

    private static void Enter(NetworkNamespace target, FileDescriptor door)
    {
        if (LibC.setns(door.Number, Constants.CLONE_NEWNET) < 0)
            throw Failure(target, (Errno)Marshal.GetLastPInvokeError());
        if (target.Inode is null && target.StandIn is { } standIn
            && (FileIdentity.Of("/proc/thread-self/net/tcp\0"u8, out var identity) != Errno.None || identity.Inode != standIn))
            throw Gone(target);
    }

    private static NamespaceEntryException Failure(NetworkNamespace target, Errno error) => error switch
    {
        Errno.EPERM or Errno.EACCES => new(target, Denied.With(target.Name), isPermission: true),
        Errno.ENOENT or Errno.ESRCH or Errno.EINVAL => Gone(target),
        _ => new(target, Failed.With(target.Name, error), isPermission: false),
    };

    private static NamespaceEntryException Gone(NetworkNamespace target) => new(target, Ended.With(target.Name), isPermission: false);

    private static readonly Phrase Denied = new(
        "network namespace {0}: no permission to enter it; run as root, or give the program CAP_SYS_ADMIN and CAP_SYS_PTRACE",
        "网络命名空间 {0}：没有进入权限；请以 root 身份运行，或授予程序 CAP_SYS_ADMIN 和 CAP_SYS_PTRACE 权能");

    private static readonly Phrase Ended = new(
        "network namespace {0}: it does not exist any more",
        "网络命名空间 {0}：已不存在");

    private static readonly Phrase Failed = new(
        "network namespace {0}: it cannot be entered ({1})",
        "网络命名空间 {0}：无法进入（{1}）");
}
