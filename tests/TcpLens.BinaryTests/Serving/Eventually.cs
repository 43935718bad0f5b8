using System.Diagnostics;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>Waits for what another process is about to do.</summary>
internal static class Eventually
{
    /// <summary>Much longer than anything takes, however busy the machine is.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until there is an answer that is as wanted.</summary>
    public static async Task<T> Is<T>(Func<Task<T>> ask, Func<T, bool> isWanted, Func<string> complaint)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isWanted(answer))
                return answer;
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, complaint());
            await Task.Delay(s_pause, TestContext.Current.CancellationToken);
        }
    }

    public static Task Is(Func<bool> isSo, Func<string> complaint) => Is(() => Task.FromResult(isSo()), answer => answer, complaint);
}
