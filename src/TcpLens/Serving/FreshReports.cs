using TcpLens.Core.Monitoring;

namespace TcpLens.Serving;

/// <summary>Gives whoever asks a report of this moment: the latest if it is fresh, else the next one, which is then made at once. Many who ask share it.</summary>
internal sealed class FreshReports(ReportBoard board, SamplingLoop loop, TimeProvider clock)
{
    /// <summary>A little more than the usual interval: at that pace nobody makes a reading of his own.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1.2);

    public async Task<Report> NextAsync(CancellationToken end)
    {
        if (board.Latest is not { } latest)
            return await board.NextAsync(0, end).ConfigureAwait(false);
        var age = clock.GetUtcNow() - latest.At;
        if (age >= TimeSpan.Zero && age <= s_fresh)
            return latest;
        loop.Hasten();
        return await board.NextAsync(latest.Number, end).ConfigureAwait(false);
    }
}
