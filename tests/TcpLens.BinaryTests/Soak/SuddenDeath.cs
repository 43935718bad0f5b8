using System.Diagnostics;
using Xunit;

namespace TcpLens.BinaryTests.Soak;

/// <summary>
/// The program is killed (<c>kill -9</c>) at random moments. What may outlive it is documented: a command that <c>lab</c> has started goes on,
/// and closed sockets in FIN_WAIT1, LAST_ACK and CLOSING end by themselves after about 200 seconds.
/// </summary>
[Trait("Category", "Soak")]
[Collection("one after the other")]
public sealed class SuddenDeath
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(240);

    [Theory]
    [InlineData("lab established=200 fin_wait2=20 time_wait=50 syn_recv=20 close=20 -- sleep 2")]
    [InlineData("lab last_ack=20 closing=20 fin_wait1=20 -- tcplens watch -n 0.1 -c 10")]
    [InlineData("watch -n 0.1 --netns all")]
    [InlineData("list --sort remote")]
    public void A_killed_program_leaves_nothing_behind(string arguments)
    {
        SoakSettings.Require();
        string mark = $"TCPLENS_KILLED={Guid.NewGuid():N}";
        long orphans = Orphans();
        var outcome = UserShell.Run(
            $$"""
            for i in $(seq {{SoakSettings.Kills}}); do
                env {{mark}} tcplens {{arguments}} >/dev/null 2>&1 & run=$!
                sleep 0.$(shuf -i 10-400 -n 1 | xargs printf %03d)
                kill -9 $run
                wait $run
            done 2>/dev/null
            tcplens zabbix get LISTEN >/dev/null; echo $?
            """,
            SoakSettings.Slack);
        Assert.Equal((0, "0\n"), (outcome.ExitCode, outcome.Output));
        // Every process inherits the mark, so that none hides: neither the program nor what it started.
        Await(() => UserShell.Run($"cat /proc/[0-9]*/environ 2>/dev/null | grep -aqF {mark}").ExitCode == 1, "a process lives on");
        // The number is the whole host's, where others come and go too; one killed lab alone would leave twenty.
        Await(() => Orphans() < orphans + 20, "sockets of a killed lab live on");
    }

    // The kernel counts orphans of all namespaces in one number.
    private static long Orphans() =>
        long.Parse(UserShell.Run("sed -nE 's/^TCP: .* orphan ([0-9]+) .*/\\1/p' /proc/net/sockstat").Output, System.Globalization.CultureInfo.InvariantCulture);

    private static void Await(Func<bool> isSo, string complaint)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, complaint);
            Thread.Sleep(500);
        }
    }
}
