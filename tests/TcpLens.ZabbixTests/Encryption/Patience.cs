using System.Diagnostics;
using Xunit;

namespace TcpLens.ZabbixTests.Encryption;

/// <summary>Waits for what servers and agents are about to do.</summary>
internal static class Patience
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    /// <summary>Looks again and again until there is nothing to complain about; whatever is left fails the test.</summary>
    public static void Until(Func<string?> complaint)
    {
        var waited = Stopwatch.StartNew();
        string? last;
        while ((last = complaint()) is not null)
        {
            Assert.True(waited.Elapsed < s_longest, last);
            Thread.Sleep(200);
        }
    }

    /// <summary>Waits until an agent has logged this.</summary>
    public static void UntilLogged(ZabbixServer server, string agent, string words) =>
        Until(() => server.LogOf(agent) is var said && said.Contains(words, StringComparison.Ordinal) ? null : $"{agent} never said '{words}', but:\n{said}");

    /// <summary>Waits until an item has this value.</summary>
    public static void UntilValue(WatchedHost host, string key, string value) =>
        Until(() => host.Items()[key] is var item && item.Value == value ? null : $"{key} is '{item.Value}' instead of '{value}': {item.Trouble}");
}
