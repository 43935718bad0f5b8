using System.Diagnostics;
using TcpLens.Core.Metrics;
using TcpLens.Outputs.Zabbix.Template;
using Xunit;

namespace TcpLens.ZabbixTests;

/// <summary>Makes reading after reading of a site until each item of its host is right, or the patience is over.</summary>
/// <param name="host">The host in Zabbix.</param>
/// <param name="site">What is read.</param>
/// <param name="expected">What has to come of it.</param>
/// <param name="read">Makes one reading come to the server.</param>
internal sealed class ValueWatch(WatchedHost host, Site site, ExpectedValues expected, Action read)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(45);

    // Values of one reading come to the database one after the other.
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);

    public void AwaitAllRight()
    {
        AwaitDiscovery();
        site.HoldOrphanFinWait2(4);
        var waited = Stopwatch.StartNew();
        var (earlierBefore, earlierAfter) = Reading();
        string[] wrong;
        do
        {
            site.MakeEvents();
            var (before, after) = Reading();
            AssertEventsAreCounted(earlierAfter, before);
            wrong = Wrong(new Round(earlierBefore, earlierAfter, before, after, 1, s_patience));
            (earlierBefore, earlierAfter) = (before, after);
        }
        while (wrong.Length > 0 && waited.Elapsed < s_patience);

        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
        Assert.Empty(host.RuleTroubles());
    }

    // The rule gets its value with the first reading; the items that it makes get theirs with the next.
    private void AwaitDiscovery()
    {
        string[] keys = [.. expected.Keys()];
        Assert.Empty(MetricCatalog.All.Where(metric => metric.Dimension == MetricDimension.Host).Select(TemplateKeys.Of).Except(keys, StringComparer.Ordinal));
        var waited = Stopwatch.StartNew();
        long asked = -s_again.Ticks;
        string[] missing, surplus;
        do
        {
            // A server that learns of the host piece by piece may take the first reading for the items alone, and not for the rule.
            if (waited.Elapsed.Ticks - asked >= s_again.Ticks)
            {
                read();
                asked = waited.Elapsed.Ticks;
            }

            Thread.Sleep(500);
            var items = host.Items().Keys;
            missing = [.. keys.Except(items, StringComparer.Ordinal)];
            surplus = [.. items.Except(keys, StringComparer.Ordinal)];
        }
        while (missing.Length + surplus.Length > 0 && waited.Elapsed < s_patience);

        Assert.True(missing.Length == 0, "missing: " + string.Join(' ', missing));
        Assert.True(surplus.Length == 0, "nobody says what their value has to be: " + string.Join(' ', surplus));
    }

    private (Snapshot Before, Snapshot After) Reading()
    {
        long newest = host.Moments().FirstOrDefault();
        var before = site.Look();
        var waited = Stopwatch.StartNew();
        read();
        while (host.Moments().FirstOrDefault() == newest)
        {
            Assert.True(waited.Elapsed < s_patience, "no reading comes to the server");
            Thread.Sleep(250);
        }

        return (before, site.Look());
    }

    private string[] Wrong(Round round)
    {
        long[] moments = host.Moments();
        var expectations = expected.Of(round with { Seconds = (moments[0] - moments[1]) / 1e9 });
        var settling = Stopwatch.StartNew();
        while (true)
        {
            string[] wrong = [.. host.Items().Select(item => Complaint(item.Key, item.Value, expectations, moments[0])).OfType<string>()];
            if (wrong.Length == 0 || settling.Elapsed > s_settling)
                return wrong;
            Thread.Sleep(500);
        }
    }

    private static string? Complaint(string key, LastValue item, IReadOnlyDictionary<string, Expectation> expectations, long moment)
    {
        if (item.Trouble is { } trouble)
            return $"{key}: {trouble}";
        if (ExpectedValues.Documents.Contains(key, StringComparer.Ordinal))
            return null;
        if (!expectations.TryGetValue(key, out var expectation))
            return $"{key}: nobody says what its value has to be";
        // Of a rate only the value of this reading is meant; the others may have kept what they were.
        if (key.StartsWith("tcplens.counter[", StringComparison.Ordinal) && item.Value is not null && item.Moment != moment)
            return $"{key}: its value is not of this reading";
        return expectation.Complaint(item.Value) is { } complaint ? $"{key}: {complaint}" : null;
    }

    private static void AssertEventsAreCounted(Snapshot earlier, Snapshot later)
    {
        Assert.Equal(WaitingConnections.Overflows, More("ListenOverflows"));
        Assert.Equal(WaitingConnections.Overflows, More("ListenDrops"));
        Assert.Equal(WaitingConnections.Refusals, More("OutRsts"));

        long More(string counter) => later.Numbers[counter] - earlier.Numbers[counter];
    }
}
