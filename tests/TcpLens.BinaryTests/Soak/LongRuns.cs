using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace TcpLens.BinaryTests.Soak;

/// <summary>Programs that run for long, and programs that run often.</summary>
[Trait("Category", "Soak")]
[Collection("one after the other")]
public sealed partial class LongRuns
{
    /// <summary>What the collector may add between its first and its last turn.</summary>
    private const long GrowthKibMax = 2048;

    /// <summary>
    /// Ten readings a second while connections come and go: the memory and the descriptors of the last two thirds are those of the first.
    /// </summary>
    [Fact]
    public void Watch_grows_neither_in_memory_nor_in_descriptors()
    {
        SoakSettings.Require();
        int samples = Math.Max(6, SoakSettings.Seconds / 5);
        var outcome = UserShell.Run(
            $$"""
            tcplens lab established=2000 time_wait=2000 listen=10 -- bash -c '
                ip link set lo up
                (while :; do for i in 1 2 3 4 5 6 7 8 9 10; do { : <>/dev/tcp/127.0.0.1/1; } 2>/dev/null; done; sleep 0.02; done) & churn=$!
                tcplens watch -n 0.1 >/dev/null & watch=$!
                for i in $(seq {{samples}}); do
                    sleep {{Math.Max(1, SoakSettings.Seconds / samples)}}
                    echo "$(grep VmRSS /proc/$watch/status | tr -dc 0-9) $(ls /proc/$watch/fd | wc -l) $(ls /proc/$watch/task | wc -l)"
                done
                kill -TERM $watch; wait $watch; echo "exit code $?"
                kill -TERM $churn; wait $churn; true'
            """,
            TimeSpan.FromSeconds(SoakSettings.Seconds) + SoakSettings.Slack);
        TestContext.Current.TestOutputHelper!.WriteLine(outcome.Output);
        Assert.Contains("exit code 0", outcome.Output);

        var taken = Sample().Matches(outcome.Output).Select(match => (Kib: Number(match, "kib"), Descriptors: Number(match, "fd"), Threads: Number(match, "task"))).ToArray();
        Assert.Equal(samples, taken.Length);
        var settled = taken[(samples / 3)..];
        Assert.InRange(settled.Max(sample => sample.Kib), 1, taken[..(samples / 3)].Max(sample => sample.Kib) + GrowthKibMax);
        // One more: a sample may be taken while a reading has its socket open.
        Assert.InRange(settled.Max(sample => sample.Descriptors), 1, taken[0].Descriptors + 2);
        Assert.InRange(settled.Max(sample => sample.Threads), 1, taken[0].Threads + 1);
    }

    [Fact]
    public void Thousands_of_agents_at_once_read_the_right_number()
    {
        SoakSettings.Require();
        var outcome = UserShell.Run(
            $$"""
            tcplens lab close_wait=123 established=77 -- sh -c '
                cd /; seq {{SoakSettings.Runs}} | $NOBODY xargs -P 8 -n 1 sh -c "$TCPLENS zabbix get CLOSE_WAIT 2>&1" | sort | uniq -c'
            """,
            SoakSettings.Slack);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal($"{SoakSettings.Runs} 123", outcome.Output.Trim());
    }

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?m)^(?<kib>[0-9]+) (?<fd>[0-9]+) (?<task>[0-9]+)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();
}
