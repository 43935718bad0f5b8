using TcpLens.Zabbix;

namespace TcpLens.UnitTests.Zabbix.Plugin;

/// <summary>Items that answer their own name, fail, hang, block or wait for the test.</summary>
internal sealed class FakeItems : IItemSource, IDisposable
{
    /// <summary>Ends the waiting of <c>block</c>.</summary>
    public ManualResetEventSlim Block { get; } = new();

    /// <summary>Ends the waiting of <c>wait</c>.</summary>
    public TaskCompletionSource Wait { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<AgentAnswer> AnswerAsync(string key, CancellationToken cancel)
    {
        switch (key)
        {
            case "throw":
                throw new InvalidOperationException("out of order");
            case "unsupported":
                return AgentAnswer.NotSupported("no such thing");
            case "hang":
                // Not even the end of the patience is noticed.
                await new TaskCompletionSource().Task;
                break;
            case "block":
                Block.Wait(CancellationToken.None);
                break;
            case "wait":
                await Wait.Task.WaitAsync(cancel);
                break;
        }

        return AgentAnswer.Value($"value of {key}");
    }

    public void Dispose()
    {
        Block.Set();
        Wait.TrySetResult();
        Block.Dispose();
    }
}
