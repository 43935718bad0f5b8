using System.Text.RegularExpressions;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary>What the program asks of the kernel, by <c>strace</c>.</summary>
public sealed partial class SystemCalls
{
    /// <summary>netstat walks over every descriptor of every process to count sockets. That is where its time goes, and why it needs root.</summary>
    [Theory]
    [InlineData("zabbix get ESTABLISHED")]
    [InlineData("states --json")]
    public void Counting_looks_into_no_other_process_and_writes_no_file(string arguments)
    {
        string[] calls = Trace(arguments);
        Assert.Contains(calls, call => call.Contains("NETLINK_SOCK_DIAG", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => OtherProcess().IsMatch(call));
        Assert.DoesNotContain(calls, call => WrittenFile().IsMatch(call));
        Assert.DoesNotContain(calls, call => call.Contains("execve(", StringComparison.Ordinal) && !call.Contains("/tcplens\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Counting_asks_the_resident_monitor_then_one_netlink_socket_and_nobody_else()
    {
        string[] calls = Trace("states --json");
        Assert.Single(calls, call => call.Contains(" socket(AF_NETLINK", StringComparison.Ordinal));
        Assert.Single(calls, call => call.Contains(" socket(AF_UNIX", StringComparison.Ordinal));
        Assert.Equal(2, calls.Count(call => call.Contains(" socket(", StringComparison.Ordinal)));
        Assert.Contains("\"/run/tcplens/tcplens.sock\"", Assert.Single(calls, call => call.Contains(" connect(", StringComparison.Ordinal)));
    }

    private static string[] Trace(string arguments)
    {
        UserShell.Need("strace", "strace");
        var outcome = UserShell.Run(
            $"strace -f -y -o '|cat >&2' -e trace=open,openat,openat2,creat,getdents64,unlink,rename,mkdir,execve,socket,connect tcplens {arguments} >/dev/null");
        Assert.Equal(0, outcome.ExitCode);
        return outcome.Error.Split('\n');
    }

    // /proc itself, /proc/PID of anyone, and descriptors of anyone, itself included.
    [GeneratedRegex(@"""/proc/?""|</proc>|""/proc/\d+|""/proc/(?:thread-)?self/(?:fd|task)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherProcess();

    [GeneratedRegex(@"O_WRONLY|O_RDWR|O_CREAT|creat\(|unlink\(|rename\(|mkdir\(", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WrittenFile();
}
