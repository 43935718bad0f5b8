namespace TcpLens.Zabbix.Sender;

/// <summary>Loops that belong together: when one ends, by whatever it was, none goes on.</summary>
internal static class Loops
{
    /// <summary>Completes when all have ended. Being cancelled is a good end; anything else is a defect, which is thrown.</summary>
    public static async Task RunAsync(CancellationTokenSource end, params Task[] loops)
    {
        await Task.WhenAny(loops).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        foreach (var loop in loops)
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Array.Find(loops, loop => loop.IsFaulted) is { } defect)
            await defect.ConfigureAwait(false);
    }
}
