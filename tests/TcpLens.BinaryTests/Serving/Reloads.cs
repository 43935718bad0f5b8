using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>SIGHUP: the configuration is read anew while sampling goes on.</summary>
public sealed class Reloads : IDisposable
{
    private readonly DaemonHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Another_interval_is_taken_without_losing_a_sample()
    {
        _home.Configure(Sampling("100ms"));
        await using var daemon = await StartAsync();
        await daemon.ReportAsync(report => Number(report) > 3);
        var before = await daemon.JsonAsync("/api/v1/report");
        _home.Configure(Sampling("200ms"));
        daemon.Send(Signal.HangUp);
        var changed = await daemon.ReportAsync(report => report.GetProperty("pace").GetProperty("wanted_seconds").GetDouble() == 0.2);
        Assert.Equal(before.GetProperty("run").GetString(), changed.GetProperty("run").GetString());
        await daemon.ReportAsync(report => Number(report) > Number(changed) + 3);
        var history = await daemon.HistoryAsync(history => Life.Kinds(history).Contains("configuration"));
        Assert.Contains(
            history.GetProperty("annotations").EnumerateArray(),
            one => one.GetProperty("text").GetProperty("en").GetString()!.Contains("[sampling] interval \"100ms\" → \"200ms\"", StringComparison.Ordinal));

        // Every number is one stored sample: none was left out, before or behind the change.
        var outcome = await daemon.StopAsync();
        Assert.Matches(@"ends after [0-9]+ samples, [0-9]+ missed, 0 not stored", outcome.Error);
        await using var next = await StartAsync();
        string told = outcome.Error.Split("ends after ")[1].Split(' ')[0];
        string ofRun = $"/api/v1/history?from={before.GetProperty("run").GetString()}&to={(await next.JsonAsync("/api/v1/report")).GetProperty("run").GetString()}&points=10000";
        var past = await Eventually.Is(() => next.JsonAsync(ofRun), one => one.GetProperty("times").GetArrayLength() > 0, () => next.Log);
        Assert.Equal(told, $"{past.GetProperty("times").GetArrayLength()}");
    }

    [Fact]
    public async Task A_wrong_file_changes_nothing_and_is_told_with_its_places()
    {
        _home.Configure(Sampling("100ms"));
        await using var daemon = await StartAsync();
        _home.Configure("[sampling]\ninterval = \"never\"\ncpu_budget = 3\n");
        daemon.Send(Signal.HangUp);
        string log = await daemon.LogAsync("the configuration is wrong and stays as it was");
        Assert.Contains($"{_home.Configuration}:2:", log, StringComparison.Ordinal);
        Assert.Contains($"{_home.Configuration}:3:", log, StringComparison.Ordinal);
        var now = await daemon.JsonAsync("/api/v1/report");
        var later = await daemon.ReportAsync(report => Number(report) > Number(now) + 2);
        Assert.Equal(0.1, later.GetProperty("pace").GetProperty("wanted_seconds").GetDouble());
        File.Delete(_home.Configuration);
        daemon.Send(Signal.HangUp);
        await Eventually.Is(() => daemon.Log.Split("stays as it was").Length == 3, () => daemon.Log);
        Assert.Equal(0, (await daemon.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task What_needs_a_restart_is_said_each_time()
    {
        _home.Configure(Sampling("100ms") + $"[history]\nfile = \"{_home["a.db"]}\"\n");
        await using var daemon = await StartAsync();
        _home.Configure(Sampling("100ms") + $"[history]\nfile = \"{_home["b.db"]}\"\n[web]\ncertificate_file = \"{_home["c.pem"]}\"\nkey_file = \"{_home["k.pem"]}\"\n");
        for (int time = 1; time <= 2; time++)
        {
            daemon.Send(Signal.HangUp);
            foreach (string setting in new[] { "[history] file", "[web] certificate_file", "[web] key_file" })
                await Eventually.Is(() => daemon.Log.Split($"configuration read anew: {setting} ").Length == time + 1, () => daemon.Log);
        }

        Assert.Contains("needs a restart", daemon.Log, StringComparison.Ordinal);
        Assert.Equal(_home["a.db"], (await daemon.JsonAsync("/api/v1/report")).GetProperty("history").GetProperty("path").GetString());
        Assert.False(File.Exists(_home["b.db"]));
    }

    [Fact]
    public async Task A_token_comes_into_force_at_the_same_port_and_a_wrong_one_does_not()
    {
        _home.Configure(Sampling("100ms"));
        await using var daemon = await StartAsync();
        using (var first = daemon.NewClient())
            Assert.Equal(200, (int)(await first.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode);

        string token = Convert.ToHexString(Guid.NewGuid().ToByteArray());
        WriteToken("token", token);
        _home.Configure(Sampling("100ms") + $"[web]\ntoken_file = \"{_home["token"]}\"\n");
        daemon.Send(Signal.HangUp);
        await daemon.LogAsync("configuration read anew: [web] token_file");
        await Eventually.Is(() => StatusAsync(daemon, null), status => status == 401, () => daemon.Log);
        Assert.Equal(200, await StatusAsync(daemon, token));

        string other = Convert.ToHexString(Guid.NewGuid().ToByteArray());
        WriteToken("token", other);
        daemon.Send(Signal.HangUp);
        await Eventually.Is(() => StatusAsync(daemon, other), status => status == 200, () => daemon.Log);
        Assert.Equal(401, await StatusAsync(daemon, token));

        WriteToken("short", "short");
        _home.Configure(Sampling("100ms") + $"[web]\ntoken_file = \"{_home["short"]}\"\n");
        daemon.Send(Signal.HangUp);
        await daemon.LogAsync("the configuration is wrong and stays as it was");
        Assert.Equal((401, 200), (await StatusAsync(daemon, null), await StatusAsync(daemon, other)));
        Assert.Equal(0, (await daemon.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task What_it_sees_is_told_anew_when_all_namespaces_are_watched()
    {
        _home.Configure(Sampling("100ms"));
        await using var daemon = await StartAsync();
        const string advice = "set sampling.netns = \"all\"";
        await daemon.ReportAsync(report => Needs(report).Contains(advice, StringComparer.Ordinal));
        _home.Configure(Sampling("100ms") + "netns = \"all\"\n");
        daemon.Send(Signal.HangUp);
        await Eventually.Is(() => daemon.Log.Split("the dashboard is at ").Length == 3, () => daemon.Log);
        await daemon.ReportAsync(report => !Needs(report).Contains(advice, StringComparer.Ordinal));
    }

    private static string?[] Needs(JsonElement report) =>
        [.. report.GetProperty("visibility").EnumerateArray().Select(one => one.GetProperty("needs")).Where(needs => needs.ValueKind == JsonValueKind.Object).Select(needs => needs.GetProperty("en").GetString())];

    private static long Number(JsonElement report) => report.GetProperty("number").GetInt64();

    private static string Sampling(string interval) => $"[sampling]\ninterval = \"{interval}\"\ncpu_budget_percent = 100.0\n";

    // While the server changes over, nobody answers for a moment.
    private static async Task<int> StatusAsync(Daemon daemon, string? token)
    {
        using var client = daemon.NewClient();
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        try
        {
            using var response = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
            return (int)response.StatusCode;
        }
        catch (Exception nobody) when (nobody is HttpRequestException or SocketException)
        {
            return 0;
        }
    }

    private void WriteToken(string file, string token)
    {
        File.WriteAllText(_home[file], token);
        File.SetUnixFileMode(_home[file], UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private Task<Daemon> StartAsync() => Daemon.StartAsync(new DaemonStart
    {
        Options = _home.Own("--socket", _home.Socket),
        Environment = [("TCPLENS_HISTORY_FILE", File.ReadAllText(_home.Configuration).Contains("[history]", StringComparison.Ordinal) ? null : _home.History)],
    });
}
