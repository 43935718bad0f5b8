using System.Text.Json;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary><c>tcplens serve</c> from its start to its end, as its user sees it.</summary>
public sealed class Life : IDisposable
{
    private readonly DaemonHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(Signal.Terminate)]
    [InlineData(Signal.Interrupt)]
    public async Task It_prints_its_address_serves_and_ends_in_order(int signal)
    {
        await using (var daemon = await _home.StartAsync())
        {
            Assert.Equal("ok", (await daemon.Client.GetStringAsync("/healthz", TestContext.Current.CancellationToken)).Trim());
            Assert.Contains("<html", await daemon.Client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await daemon.HistoryAsync(history => history.GetProperty("times").GetArrayLength() > 0);
            Assert.True(File.Exists(_home.Socket));
            var outcome = await daemon.StopAsync(signal);
            Assert.Equal((0, $"{daemon.Address.GetLeftPart(UriPartial.Authority)}\n"), (outcome.ExitCode, outcome.Output));
            Assert.Contains(" missed, 0 not stored", outcome.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(_home.Socket));
        }

        await using var next = await _home.StartAsync();
        var past = await next.HistoryAsync(history => Kinds(history).Length >= 3);
        Assert.Equal("started stopped started", string.Join(" ", Kinds(past).Where(kind => kind != "gap")));
    }

    [Fact]
    public async Task The_first_report_is_there_as_soon_as_the_address_is()
    {
        await using var daemon = await _home.StartAsync();
        var report = await daemon.JsonAsync("/api/v1/report");
        Assert.InRange(report.GetProperty("number").GetInt64(), 1, long.MaxValue);
        Assert.Equal(JsonValueKind.Object, report.GetProperty("states").ValueKind);
    }

    [Fact]
    public async Task Nobody_can_run_it_and_keeps_his_files_at_home()
    {
        Require.Root();
        var start = new DaemonStart
        {
            Options = _home.Own("--netns", "all"),
            As = DaemonStart.Nobody,
            Environment = [("XDG_STATE_HOME", _home["mine"]), ("HOME", "/nonexistent")],
        };
        await using var daemon = await Daemon.StartAsync(start);
        await daemon.HistoryAsync(history => history.GetProperty("times").GetArrayLength() > 0);
        var report = await daemon.JsonAsync("/api/v1/report");
        Assert.Equal(_home["mine/tcplens/history.db"], report.GetProperty("history").GetProperty("path").GetString());
        Assert.True(File.Exists(_home["mine/tcplens/history.db"]));
        Assert.Contains(
            report.GetProperty("visibility").EnumerateArray(),
            sight => !sight.GetProperty("can").GetBoolean() && sight.GetProperty("needs").GetProperty("en").GetString()!.Contains("CAP_SYS_ADMIN CAP_SYS_PTRACE", StringComparison.Ordinal));
        Assert.Contains("does not see the other network namespaces of this host (containers, ip netns): CAP_SYS_ADMIN CAP_SYS_PTRACE", daemon.Log, StringComparison.Ordinal);
        Assert.Equal(0, (await daemon.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task The_API_tells_the_lab_as_the_command_does()
    {
        Require.Root();
        string tcplens = Path.Combine(UserShell.Directory, "tcplens");
        await using var daemon = await Daemon.StartAsync(_home.With() with { Around = [tcplens, "lab", "listen=3", "established=40", "close_wait=7", "time_wait=9", "syn_recv=4", "--"] });
        // The first was made before the dashboard listened.
        await daemon.ReportAsync(report => report.GetProperty("number").GetInt64() > 2);
        var told = await daemon.JsonAsync("/api/v1/states");
        var command = UserShell.Run($"nsenter --net=/proc/{daemon.Id}/ns/net tcplens states --json");
        Assert.Equal((0, ""), (command.ExitCode, command.Error));
        var printed = JsonDocument.Parse(command.Output).RootElement;
        Assert.Equal(Shape(printed), Shape(told));
        foreach (var (state, count) in new[] { ("close_wait", 7), ("time_wait", 9), ("syn_recv", 4) })
            Assert.Equal((state, count, count), (state, Total(told, state), Total(printed, state)));
        // The dashboard's own port and the connection to it are sockets as others are.
        Assert.InRange(Total(told, "established"), 40, 42);
        Assert.Equal(42, Total(printed, "established"));
        Assert.Equal((4, 4), (Total(told, "listen"), Total(printed, "listen")));
    }

    [Fact]
    public async Task Other_namespaces_are_counted_beside_its_own()
    {
        Require.Root();
        string tcplens = Path.Combine(UserShell.Directory, "tcplens");
        using var home = new DaemonHome();
        await using var other = await Daemon.StartAsync(home.With() with { Around = [tcplens, "lab", "established=7", "close_wait=3", "--"] });
        await using var daemon = await _home.StartAsync("--netns", "all");
        string id = UserShell.Run($"stat -Lc %i /proc/{other.Id}/ns/net").Output.Trim();
        var report = await daemon.ReportAsync(report => report.GetProperty("namespaces").EnumerateArray().Any(one => one.GetProperty("id").ToString() == id));
        var states = report.GetProperty("namespaces").EnumerateArray().Single(one => one.GetProperty("id").ToString() == id).GetProperty("states");
        Assert.Equal((7, 3), (states.GetProperty("established").GetInt32(), states.GetProperty("close_wait").GetInt32()));
    }

    [Fact]
    public async Task A_stretched_interval_is_said_in_the_report_and_in_the_history()
    {
        await using var daemon = await Daemon.StartAsync(new DaemonStart { Options = _home.Own("--interval", "100ms", "--cpu-budget", "0.01", "--socket", _home.Socket, "--history-file", _home.History) });
        var report = await daemon.ReportAsync(report => report.GetProperty("pace").GetProperty("interval_seconds").GetDouble() > 0.1);
        var pace = report.GetProperty("pace");
        Assert.Equal((0.1, 0.01), (pace.GetProperty("wanted_seconds").GetDouble(), pace.GetProperty("budget_percent").GetDouble()));
        Assert.Contains("the budget is 0.01 %", pace.GetProperty("reason").GetProperty("en").GetString(), StringComparison.Ordinal);
        var history = await daemon.HistoryAsync(history => Kinds(history).Contains("sampling"));
        Assert.Contains(
            history.GetProperty("annotations").EnumerateArray(),
            one => one.GetProperty("text").GetProperty("en").GetString()!.StartsWith("interval 0.1 s → ", StringComparison.Ordinal));
    }

    internal static string[] Kinds(JsonElement history) => [.. history.GetProperty("annotations").EnumerateArray().Select(one => one.GetProperty("kind").GetString()!)];

    private static int Total(JsonElement document, string state) => document.GetProperty("states").GetProperty(state).GetProperty("total").GetInt32();

    // Names and kinds, without the values: an optional text may be there or not.
    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(one => $"{one.Name}:{Shape(one.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Shape).Distinct(StringComparer.Ordinal))}]",
        var kind => kind.ToString(),
    };
}
