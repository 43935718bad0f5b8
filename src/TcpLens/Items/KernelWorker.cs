using TcpLens.CommandLine;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Items;

/// <summary>
/// Lets one at a time ask the kernel, beside the threads that serve the network: a slow reading holds up whoever waits for it, and nobody else.
/// What has been begun goes on to its end, for others may wait for it too.
/// </summary>
internal sealed class KernelWorker(IKernel kernel) : IDisposable
{
    /// <summary>Askers in the queue. More than that come only when the kernel does not answer any more.</summary>
    public const int WaitingMaximum = 64;

    private readonly SemaphoreSlim _turn = new(1);
    private int _waiting;

    /// <summary>Does the work when its turn comes.</summary>
    /// <exception cref="SourceUnavailableException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<IKernel, T> work)
    {
        if (Interlocked.Increment(ref _waiting) > WaitingMaximum)
        {
            Interlocked.Decrement(ref _waiting);
            throw new SourceUnavailableException("kernel", new Phrase("{0} questions wait for it already", "已有 {0} 个请求在等待").With(WaitingMaximum));
        }

        try
        {
            await _turn.WaitAsync().ConfigureAwait(false);
            try
            {
                return await Task.Run(() => work(kernel)).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _turn.Dispose();
}
