using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>One-shot commands beside a running daemon: who may ask is answered by it, who may not reads the kernel.</summary>
public sealed class OneShots : IDisposable
{
    private readonly DaemonHome _home = new();

    public OneShots()
    {
        Require.Root();
        UserShell.Need("strace", "strace");
    }

    private static string Tcplens => Path.Combine(UserShell.Directory, "tcplens");

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("zabbix get ESTABLISHED", "^5\n$")]
    [InlineData("zabbix get 'tcplens.state[close_wait]'", "^2\n$")]
    [InlineData("zabbix get tcplens.states", @"""established"":{""total"":5,")]
    [InlineData("states --json", @"""established"": \{\s+""total"": 5,")]
    public async Task The_daemon_answers_and_the_kernel_is_not_read(string command, string number)
    {
        await using var daemon = await StartInLabAsync();
        var asked = Traced(daemon, command);
        Assert.Equal((0, ""), (asked.Outcome.ExitCode, asked.Outcome.Error));
        Assert.Contains("AF_UNIX", asked.Calls, StringComparison.Ordinal);
        Assert.DoesNotContain("AF_NETLINK", asked.Calls, StringComparison.Ordinal);
        Assert.DoesNotContain("/proc/net", asked.Calls, StringComparison.Ordinal);
        Assert.Matches(number, asked.Outcome.Output);
    }

    [Theory]
    [InlineData("zabbix get ESTABLISHED", "^5\n$")]
    [InlineData("states --json", "\"total\": 5,")]
    public async Task A_user_outside_the_group_reads_the_kernel_himself(string command, string number)
    {
        await using var daemon = await StartInLabAsync();
        var asked = Traced(daemon, command, string.Join(' ', DaemonStart.Nobody));
        Assert.Equal((0, ""), (asked.Outcome.ExitCode, asked.Outcome.Error));
        Assert.Contains("EACCES", asked.Calls, StringComparison.Ordinal);
        Assert.Contains("AF_NETLINK", asked.Calls, StringComparison.Ordinal);
        Assert.Matches(number, asked.Outcome.Output);
    }

    [Fact]
    public async Task A_member_of_the_group_is_answered()
    {
        _home.Configure("[socket]\ngroup = \"54321\"\n");
        await using var daemon = await StartInLabAsync();
        var asked = Traced(daemon, "zabbix get ESTABLISHED", "setpriv --reuid=65534 --regid=65534 --groups=54321");
        Assert.Equal(new BinaryOutcome(0, "5\n", ""), asked.Outcome);
        Assert.DoesNotContain("AF_NETLINK", asked.Calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_another_network_namespace_the_kernel_is_read()
    {
        await using var daemon = await StartInLabAsync();
        var outcome = UserShell.Run($"TCPLENS_SOCKET_PATH={_home.Socket} tcplens lab established=77 -- tcplens zabbix get ESTABLISHED");
        Assert.Equal(new BinaryOutcome(0, "77\n", ""), outcome);
    }

    [Fact]
    public async Task A_daemon_that_hangs_or_died_is_no_obstacle_and_its_socket_is_taken_over()
    {
        await using (var daemon = await StartInLabAsync())
        {
            daemon.Send(Signal.Stop);
            var asked = Traced(daemon, "zabbix get ESTABLISHED");
            Assert.Equal(new BinaryOutcome(0, "5\n", ""), asked.Outcome);
            Assert.Contains("AF_NETLINK", asked.Calls, StringComparison.Ordinal);
            daemon.Send(Signal.Kill);
        }

        Assert.True(File.Exists(_home.Socket));
        await using var next = await StartInLabAsync();
        Assert.DoesNotContain("goes on without the local socket", next.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("AF_NETLINK", Traced(next, "zabbix get ESTABLISHED").Calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_daemon_says_what_is_taken_and_goes_on()
    {
        await using var first = await _home.StartAsync();
        await first.HistoryAsync(history => history.GetProperty("times").GetArrayLength() > 0);
        await using var second = await _home.StartAsync();
        await second.LogAsync($"goes on without the local socket: another tcplens already serves {_home.Socket}");
        string taken = $"another tcplens writes to {_home.History} already";
        await second.LogAsync(taken);
        var report = await second.ReportAsync(report => report.GetProperty("number").GetInt64() > 5);
        Assert.StartsWith(taken, report.GetProperty("history").GetProperty("trouble").GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await second.StopAsync()).ExitCode);
        Assert.True(File.Exists(_home.Socket), "the second has taken the first one's socket away");
        Assert.Equal(0, (await first.StopAsync()).ExitCode);
        Assert.False(File.Exists(_home.Socket));
    }

    [Fact]
    public async Task A_file_in_the_way_of_the_socket_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_home.Socket)!);
        File.WriteAllText(_home.Socket, "precious");
        await using var daemon = await _home.StartAsync();
        await daemon.LogAsync($"goes on without the local socket: {_home.Socket} is in the way");
        Assert.Equal(0, (await daemon.StopAsync()).ExitCode);
        Assert.Equal("precious", File.ReadAllText(_home.Socket));
    }

    private Task<Daemon> StartInLabAsync() => Daemon.StartAsync(_home.With() with { Around = [Tcplens, "lab", "established=5", "close_wait=2", "--"] });

    private (BinaryOutcome Outcome, string Calls) Traced(Daemon daemon, string command, string user = "env")
    {
        string trace = _home[$"trace-{Guid.NewGuid():N}"];
        var outcome = UserShell.Run(
            $"TCPLENS_SOCKET_PATH={_home.Socket} nsenter --net=/proc/{daemon.Id}/ns/net strace -f -o {trace} -e trace=socket,connect,openat,open {user} tcplens {command}");
        return (outcome, File.ReadAllText(trace));
    }
}
