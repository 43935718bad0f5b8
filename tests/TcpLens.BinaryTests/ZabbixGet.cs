using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary><c>tcplens zabbix get KEY</c> as an agent calls it. Both streams go into one pipe there, so every byte counts.</summary>
public sealed class ZabbixGet
{
    private const string Keys = "LISTEN SYN_SENT SYN_RECV ESTABLISHED FIN_WAIT1 FIN_WAIT2 CLOSING TIME_WAIT CLOSE_WAIT LAST_ACK CLOSE";

    private const string Lab =
        "tcplens lab listen=1 syn_sent=2 syn_recv=3 established=4 fin_wait1=5 fin_wait2=6 closing=7 time_wait=8 close_wait=9 last_ack=10 close=11 -- ";

    // Before Linux 6.8 the kernel cannot tell CLOSE, and the key says 0.
    private static string Expected => "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n" + (Environment.OSVersion.Version >= new Version(6, 8) ? "11\n" : "0\n");

    [Fact]
    public void Every_key_is_the_number_alone_for_any_user_without_an_environment()
    {
        Require.Root();
        var outcome = UserShell.Run(Lab + $$"""
            sh -c 'cd /; for key in {{Keys}}; do $NOBODY "$TCPLENS" zabbix get $key || echo "exit code $?"; done'
            """);
        Assert.Equal(new BinaryOutcome(0, Expected, ""), outcome);
    }

    [Fact]
    public void An_agent_that_mixes_both_streams_reads_the_same_numbers()
    {
        Require.Root();
        var outcome = UserShell.Run(Lab + $$"""
            sh -c 'for key in {{Keys}}; do $NOBODY /bin/sh -c "$TCPLENS zabbix get $key 2>&1" </dev/null 2>&1; done'
            """);
        Assert.Equal(new BinaryOutcome(0, Expected, ""), outcome);
    }

    [Theory]
    [InlineData("time_wait", "TIME_WAIT")]
    [InlineData("CLOSED", "CLOSE")]
    [InlineData("NONSENSE", "LISTEN SYN_SENT")]
    public void An_unknown_key_is_not_supported_and_names_the_right_one(string key, string hint)
    {
        var outcome = PublishedBinary.Run("zabbix", "get", key);
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Error));
        Assert.StartsWith("ZBX_NOTSUPPORTED", outcome.Output);
        Assert.Contains(hint, outcome.Output);
        Assert.Equal(1, outcome.Output.Count(c => c == '\n'));
    }
}
