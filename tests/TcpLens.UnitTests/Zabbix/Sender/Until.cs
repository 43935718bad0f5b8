using Xunit;

namespace TcpLens.UnitTests.Zabbix.Sender;

/// <summary>Waits for what another thread does.</summary>
internal static class Until
{
    /// <summary>Until it is so; a test that waits for a minute fails, with how things stand.</summary>
    public static async Task True(Func<bool> condition, Func<string>? standing = null, Action? meanwhile = null)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), standing?.Invoke() ?? "it never became so");
            meanwhile?.Invoke();
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
