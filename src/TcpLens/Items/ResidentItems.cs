using TcpLens.LocalSocket;
using TcpLens.Zabbix;

namespace TcpLens.Items;

/// <summary>
/// Asks the resident monitor of this host first, and a source of one's own where there is none or it does not know. One that does not answer is left
/// alone for a while, so that it does not cost every key its time.
/// </summary>
internal sealed class ResidentItems(LocalClient resident, IItemSource own, TimeProvider clock) : IItemSource, IDisposable
{
    /// <summary>Enough: an answer takes less than a millisecond, unless all wait for the same new reading.</summary>
    private const int AskersMaximum = 4;

    /// <summary>A monitor that lives answers in less, or refuses at once.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan s_leftAlone = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turns = new(AskersMaximum);
    private long _silentSince;

    public async ValueTask<AgentAnswer> AnswerAsync(string key, CancellationToken cancel) =>
        await AskAsync(key, cancel).ConfigureAwait(false) ?? await own.AnswerAsync(key, cancel).ConfigureAwait(false);

    public void Dispose() => _turns.Dispose();

    private async Task<AgentAnswer?> AskAsync(string key, CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (Volatile.Read(ref _silentSince) is not 0 and var since && clock.GetElapsedTime(since) < s_leftAlone)
                return null;
            long begin = clock.GetTimestamp();
            var answer = await Task.Run(() => resident.Key(key), CancellationToken.None).ConfigureAwait(false);
            Volatile.Write(ref _silentSince, answer is null && clock.GetElapsedTime(begin) >= s_patience ? begin : 0);
            return answer;
        }
        finally
        {
            _turns.Release();
        }
    }
}
