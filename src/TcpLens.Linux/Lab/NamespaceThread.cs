using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Linux.Lab;

/// <summary>
/// A thread that lives in a network namespace of its own and does there what it is told, one after the other. Processes started from it live
/// there too. The namespace goes when the thread, those processes and all its sockets are gone.
/// </summary>
internal sealed class NamespaceThread : IDisposable
{
    private readonly BlockingCollection<Action> _orders = [];
    private readonly Thread _thread;
    private int _threadId;

    public NamespaceThread()
    {
        _thread = new Thread(Obey) { IsBackground = true, Name = "lab" };
        _thread.Start();
        try
        {
            Run(Enter);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The namespace as a file, for setns(2) and <c>nsenter --net=</c>.</summary>
    public string NamespacePath => $"/proc/{Environment.ProcessId}/task/{_threadId}/ns/net";

    /// <summary>Runs <paramref name="work"/> in the namespace and waits for it; its exception comes out here.</summary>
    public T Run<T>(Func<T> work)
    {
        if (Environment.CurrentManagedThreadId == _thread.ManagedThreadId)
            return work();
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Add(() => Settle(result, work));
        return result.Task.GetAwaiter().GetResult();
    }

    public void Run(Action work) => Run(() =>
    {
        work();
        return true;
    });

    public void Dispose()
    {
        if (_orders.IsAddingCompleted)
            return;
        _orders.CompleteAdding();
        _thread.Join();
        _orders.Dispose();
    }

    private static void Settle<T>(TaskCompletionSource<T> result, Func<T> work)
    {
        try
        {
            result.SetResult(work());
        }
        catch (Exception exception)
        {
            result.SetException(ExceptionDispatchInfo.Capture(exception).SourceException);
        }
    }

    private void Obey()
    {
        foreach (var order in _orders.GetConsumingEnumerable())
            order();
    }

    private void Enter()
    {
        _threadId = LibC.gettid();
        try
        {
            SyscallException.Check(LibC.unshare(Constants.CLONE_NEWNET), "unshare", "CLONE_NEWNET");
        }
        catch (SyscallException exception)
        {
            throw new LabException(
                exception.IsPermission
                    ? new Phrase(
                        "the lab makes a network namespace of its own and needs root for it: run it with sudo (in a container: --cap-add SYS_ADMIN --cap-add NET_ADMIN)",
                        "实验室要建立独立的网络命名空间，需要 root 权限：请用 sudo 运行（在容器中：--cap-add SYS_ADMIN --cap-add NET_ADMIN）")
                    : new Phrase("no network namespace can be made here: {0}", "无法在此建立网络命名空间：{0}").With(exception.Message),
                exception);
        }
    }
}
