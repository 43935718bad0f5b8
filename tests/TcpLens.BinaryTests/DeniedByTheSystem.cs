using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary>Hosts that deny or disturb what the program needs: <c>strace</c> injects the failures into its system calls.</summary>
public sealed class DeniedByTheSystem
{
    private const string Lab = "tcplens lab listen=2 established=5 time_wait=3 close=4 -- ";

    [Theory]
    [InlineData("socket:error=EACCES", "EACCES")]
    [InlineData("socket:error=EPROTONOSUPPORT", "modprobe tcp_diag")]
    [InlineData("sendto:error=EPERM", "EPERM")]
    public void Without_netlink_the_table_comes_from_proc_and_says_so(string failure, string reason)
    {
        var outcome = Disturbed(failure, "tcplens");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"\n\* [^\n]*/proc", outcome.Output);
        Assert.Contains(reason, outcome.Output.Replace("\n", " ", StringComparison.Ordinal));
        Assert.Matches(@"\nESTABLISHED +5 ", outcome.Output);
        Assert.Matches(@"\nTIME_WAIT +3 ", outcome.Output);
        Assert.Matches(@"\nCLOSE +- ", outcome.Output);
    }

    [Theory]
    [InlineData("socket:error=EACCES")]
    [InlineData("recvfrom:error=EINTR:when=1..3")]
    [InlineData("sendto:error=EINTR:when=1..3")]
    [InlineData("recvfrom:error=ENOBUFS:when=1")]
    [InlineData("recvfrom:error=ENOBUFS:when=1..2")]
    [InlineData("setsockopt:error=ENOPROTOOPT")]
    [InlineData("write:error=EINTR:when=1..3")]
    public void A_number_for_Zabbix_is_right_all_the_same(string failure)
    {
        var outcome = Disturbed(failure, "tcplens zabbix get ESTABLISHED");
        Assert.Equal(new BinaryOutcome(0, "5\n", ""), outcome);
    }

    [Fact]
    public void A_dump_that_never_comes_through_is_called_truncated()
    {
        var outcome = Disturbed("recvfrom:error=ENOBUFS", "tcplens states --json");
        Assert.Equal("", outcome.Error);
        Assert.Contains("\"completeness\": \"truncated\"", outcome.Output);
        Assert.Contains("ENOBUFS", outcome.Output);
    }

    [Fact]
    public void A_dump_that_never_comes_through_gives_Zabbix_no_number()
    {
        var outcome = Disturbed("recvfrom:error=ENOBUFS", "tcplens zabbix get ESTABLISHED");
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"\AZBX_NOTSUPPORTED[^\n]*ENOBUFS[^\n]*\n\z", outcome.Output);
    }

    [Theory]
    [InlineData("zabbix get ESTABLISHED", "5\n")]
    [InlineData("zabbix get CLOSE", "4\n")]
    [InlineData("zabbix get TIME_WAIT", "3\n")]
    public void Without_proc_the_numbers_come_by_netlink(string arguments, string number)
    {
        Require.Kernel(6, 8, "netlink tells bound sockets");
        Assert.Equal(new BinaryOutcome(0, number, ""), WithoutProc($"tcplens {arguments}"));
    }

    [Fact]
    public void Without_proc_the_table_is_whole()
    {
        var outcome = WithoutProc("tcplens");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches($@"\A\S+ +Linux {Environment.OSVersion.Version.ToString(2)}", outcome.Output);
        Assert.Matches(@"\nESTABLISHED +5 ", outcome.Output);
    }

    [Theory]
    [InlineData("--source proc")]
    [InlineData("lab established=1 -- true")]
    public void Without_proc_what_needs_it_says_so_in_one_line(string arguments)
    {
        var outcome = WithoutProc($"tcplens {arguments}");
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Matches(@"\Atcplens: [^\n]*/proc[^\n]*\n\z", outcome.Error);
    }

    /// <summary>The runtime holds one beside the three standard streams: one more, and none at all.</summary>
    [Theory]
    [InlineData(5, 0, @"\A5\n\z")]
    [InlineData(4, 1, @"\AZBX_NOTSUPPORTED[^\n]*EMFILE[^\n]*\n\z")]
    public void Without_descriptors_the_answer_is_right_or_none(int descriptors, int exitCode, string answer)
    {
        Require.Root();
        var outcome = UserShell.Run($"{Lab} sh -c 'ulimit -n {descriptors}; tcplens zabbix get ESTABLISHED'");
        Assert.Equal((exitCode, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(answer, outcome.Output);
    }

    private static BinaryOutcome Disturbed(string failure, string command)
    {
        Require.Root();
        UserShell.Need("strace", "strace");
        return UserShell.Run($"{Lab} strace -f -o /dev/null -e inject={failure} {command}");
    }

    private static BinaryOutcome WithoutProc(string command)
    {
        Require.Root();
        return UserShell.Run($"{Lab} unshare --mount sh -c 'umount -l /proc; {command}'");
    }
}
