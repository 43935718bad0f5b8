using TcpLens.CommandLine;
using TcpLens.Core.Readings;

namespace TcpLens.Items;

/// <summary>One detailed reading of the own network namespace for all who ask within the same second.</summary>
internal sealed class SharedReadings
{
    /// <summary>How old a result may be, from the start of its making: items are of a second.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly Shared<DetailedReading> _readings;
    private int _count;

    public SharedReadings(KernelWorker worker, TimeProvider clock) => _readings = new Shared<DetailedReading>(
        () => worker.RunAsync(kernel =>
        {
            Interlocked.Increment(ref _count);
            return kernel.ReadDetailed();
        }),
        clock);

    /// <summary>Readings so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A reading of this second, as something that answers keys.</summary>
    /// <exception cref="Core.Sources.SourceUnavailableException">The kernel cannot be read.</exception>
    public async ValueTask<IKernel> NextAsync(CancellationToken cancel) => new ReadKernel(await _readings.GetAsync(cancel).ConfigureAwait(false));
}
