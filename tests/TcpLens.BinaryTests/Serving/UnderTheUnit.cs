using System.Text.RegularExpressions;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>What <c>packaging/tcplens.service</c> forbids, the daemon does not need: its system calls of a whole life, by <c>strace</c>.</summary>
public sealed partial class UnderTheUnit : IDisposable
{
    private const string Unit = "tcplens.service";

    private readonly DaemonHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task No_memory_is_writable_and_executable()
    {
        Assert.Contains("\nMemoryDenyWriteExecute=yes\n", UnitFile, StringComparison.Ordinal);
        string[] calls = await LifeAsync();
        Assert.Contains(calls, call => call.Contains("mprotect(", StringComparison.Ordinal));
        // What systemd denies: a mapping that is both, and making one executable afterwards.
        Assert.DoesNotContain(calls, call => call.Contains("mmap(", StringComparison.Ordinal) && call.Contains("PROT_WRITE|PROT_EXEC", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.Contains("mprotect(", StringComparison.Ordinal) && call.Contains("PROT_EXEC", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_system_call_is_among_those_that_it_allows()
    {
        UserShell.Need("systemd-analyze", "systemd");
        var allowed = Allowed();
        string[] used = [.. (await LifeAsync()).Select(call => Call().Match(call)).Where(match => match.Success).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];
        Assert.Contains("epoll_wait", used, StringComparer.Ordinal);
        Assert.Contains(used, call => call.Contains("chown", StringComparison.Ordinal));
        Assert.Empty(used.Except(allowed, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_socket_is_of_a_family_that_it_allows()
    {
        string[] families = Setting("RestrictAddressFamilies").Single().Split(' ');
        string[] used = [.. (await LifeAsync()).Select(call => Family().Match(call)).Where(match => match.Success).Select(match => match.Groups["family"].Value).Distinct(StringComparer.Ordinal)];
        Assert.Contains("AF_NETLINK", used, StringComparer.Ordinal);
        Assert.Empty(used.Except(families, StringComparer.Ordinal));
    }

    /// <summary>
    /// As the unit has it: no privilege, a group for the local socket, every kind of request, a reload, the end. The shell before it is cut off.
    /// </summary>
    private async Task<string[]> LifeAsync()
    {
        Require.Root();
        UserShell.Need("strace", "strace");
        string trace = _home["trace"];
        var start = new DaemonStart
        {
            Options = _home.Own("--netns", "all", "--interval", "100ms", "--cpu-budget", "100"),
            Around = ["strace", "-f", "-o", trace, "setpriv", "--reuid=65534", "--regid=65534", "--groups=54321", "--no-new-privs"],
            Environment = [("STATE_DIRECTORY", _home["service"]), ("RUNTIME_DIRECTORY", _home["service"]), ("NOTIFY_SOCKET", _home["notify"]), ("WATCHDOG_USEC", "300000")],
        };
        Directory.CreateDirectory(_home["service"]);
        _ = UserShell.Run($"chown 65534:65534 {_home["service"]}");
        _home.Configure("[socket]\ngroup = \"54321\"\n");
        await using (var daemon = await Daemon.StartAsync(start))
        {
            await daemon.HistoryAsync(history => history.GetProperty("times").GetArrayLength() > 0);
            foreach (string path in new[] { "/", "/metrics", "/api/v1/connections", "/api/v1/connections/groups?by=state" })
                await daemon.Client.GetStringAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(0, UserShell.Run($"TCPLENS_SOCKET_PATH={_home["service/tcplens.sock"]} setpriv --reuid=65534 --regid=65534 --groups=54321 tcplens zabbix get LISTEN").ExitCode);
            _home.Configure("[socket]\ngroup = \"54321\"\n[history]\nkeep_seconds = \"1h\"\n");
            daemon.Send(Signal.HangUp);
            await daemon.LogAsync("[history] keep_seconds");
            Assert.DoesNotContain("goes on without", daemon.Log, StringComparison.Ordinal);
            Assert.Equal(0, (await daemon.StopAsync()).ExitCode);
        }

        string[] lines = await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken);
        return lines[(Array.FindLastIndex(lines, line => line.Contains("execve(", StringComparison.Ordinal)) + 1)..];
    }

    private static string UnitFile { get; } = File.ReadAllText(RepositoryRoot.Of("packaging", Unit));

    private static IEnumerable<string> Setting(string name) =>
        UnitFile.Split('\n').Where(line => line.StartsWith(name + "=", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..]);

    // The lists of the unit in their order, ~ taking away, with what every filter of systemd allows.
    private static HashSet<string> Allowed()
    {
        HashSet<string> allowed = Members("@default");
        foreach (string list in Setting("SystemCallFilter"))
        {
            foreach (string group in list.TrimStart('~').Split(' '))
            {
                if (list.StartsWith('~'))
                    allowed.ExceptWith(Members(group));
                else
                    allowed.UnionWith(Members(group));
            }
        }

        return allowed;
    }

    private static HashSet<string> Members(string group)
    {
        if (!group.StartsWith('@'))
            return new HashSet<string>([group], StringComparer.Ordinal);
        var outcome = UserShell.Run($"systemd-analyze syscall-filter --no-pager {group}");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        string[] members = [.. outcome.Output.Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))];
        Assert.NotEmpty(members);
        return [.. members.SelectMany(Members)];
    }

    [GeneratedRegex(@"^\d+ +(?<name>[a-z0-9_]+)\(", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Call();

    [GeneratedRegex(@"^\d+ +socket\((?<family>AF_[A-Z0-9]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Family();
}
