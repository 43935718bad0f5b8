using System.Diagnostics;
using Xunit;

namespace TcpLens.BrowserTests;

/// <summary>What becomes true by itself: a report comes every second, and programs open and close sockets meanwhile.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    /// <summary>Waits until both are the same; fails with the last two.</summary>
    public static async Task Equal<T>(Func<T> expected, Func<Task<T>> actual)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var before = expected();
            var seen = await actual();
            if (clock.Elapsed > s_longest)
            {
                Assert.Equal(Written(before), Written(seen));
                return;
            }

            if (Written(before) == Written(seen))
                return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public static Task Equal<T>(T expected, Func<Task<T>> actual) => Equal(() => expected, actual);

    private static string Written<T>(T value) => value is System.Collections.IEnumerable and not string and var many ? string.Join('\n', many.Cast<object>()) : $"{value}";
}
