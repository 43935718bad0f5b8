using System.Text.Json;
using TcpLens.BinaryTests.Soak;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests.Serving;

/// <summary>
/// What may happen to a daemon and its file at any moment: <c>kill -9</c>, a disk that is full, a file that is damaged. Monitoring goes on, it
/// says what happened, and what had been stored is there.
/// </summary>
public sealed class SuddenEnds : IDisposable
{
    private readonly DaemonHome _home = new();

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public Task Ten_kills_cost_at_most_the_second_in_flight() => KillAsync(10);

    [Fact]
    [Trait("Category", "Soak")]
    public Task A_hundred_kills_cost_at_most_the_second_in_flight()
    {
        SoakSettings.Require();
        return KillAsync(100);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("flipped")]
    [InlineData("overwritten")]
    public async Task A_damaged_file_is_set_aside_and_a_new_one_begun(string how)
    {
        await using (var daemon = await _home.StartAsync())
        {
            await daemon.HistoryAsync(history => history.GetProperty("times").GetArrayLength() > 5);
            Assert.Equal(0, (await daemon.StopAsync()).ExitCode);
        }

        byte[] damaged = Damaged(await File.ReadAllBytesAsync(_home.History, End), how);
        await File.WriteAllBytesAsync(_home.History, damaged, End);
        await using var next = await _home.StartAsync();
        string aside = await next.LogAsync("was damaged; it was set aside as ");
        await next.ReportAsync(report => report.GetProperty("number").GetInt64() > 5);
        var history = await next.HistoryAsync(history => history.GetProperty("times").GetArrayLength() > 3 && history.GetProperty("trouble").ValueKind == JsonValueKind.Null);
        Assert.Contains("history", Life.Kinds(history), StringComparer.Ordinal);
        string kept = aside.Split("set aside as ")[1].Split(',')[0];
        Assert.Equal(damaged, await File.ReadAllBytesAsync(kept, End));
        Assert.Equal(0, (await next.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_nothing_is_lost_once_there_is_room_again()
    {
        Require.Root();
        string disk = Directory.CreateDirectory(_home["state"]).FullName;
        // The file system is seen by the daemon alone, and goes with it.
        await using var daemon = await Daemon.StartAsync(_home.With() with { Around = ["unshare", "--mount", "/bin/sh", "-c", $"mount -t tmpfs -o size=2m tmpfs {disk} && exec \"$@\"", "sh"] });
        await daemon.HistoryAsync(history => history.GetProperty("times").GetArrayLength() > 3);
        string inside = $"nsenter --mount=/proc/{daemon.Id}/ns/mnt";
        Assert.NotEqual(0, UserShell.Run($"{inside} dd if=/dev/zero of={disk}/filling bs=4k 2>/dev/null").ExitCode);

        string full = $"the disk with {_home.History} is full";
        var without = await daemon.ReportAsync(report => Trouble(report)?.StartsWith(full, StringComparison.Ordinal) == true);
        await daemon.LogAsync(full);
        Assert.Equal("ok", (await daemon.Client.GetStringAsync("/healthz", End)).Trim());
        await daemon.ReportAsync(report => Number(report) > Number(without) + 5);
        Assert.Equal(0, UserShell.Run($"{inside} rm {disk}/filling").ExitCode);

        var again = await daemon.ReportAsync(report => Trouble(report) is null);
        Assert.Equal(0, again.GetProperty("history").GetProperty("lost").GetInt64());
        await daemon.LogAsync("The history is being stored again; 0 samples were lost.");
        var stopped = await daemon.HistoryAsync(history => history.GetProperty("times").GetArrayLength() >= Number(again));
        Assert.Contains("history", Life.Kinds(stopped), StringComparer.Ordinal);
        Assert.Contains(", 0 not stored", (await daemon.StopAsync()).Error, StringComparison.Ordinal);
    }

    private async Task KillAsync(int times)
    {
        var acknowledged = new HashSet<long>();
        for (int time = 1; time <= times; time++)
        {
            await using var daemon = await _home.StartAsync();
            using var reader = new StreamReading(daemon);
            await reader.FirstAsync();
            await Task.Delay(Random.Shared.Next(50, 1800), End);
            // What the API has shown is stored; so is what the stream told more than an interval and a second ago.
            if (time % 2 == 0)
                acknowledged.UnionWith(Times(await daemon.JsonAsync("/api/v1/history?from=-10s&points=10000&series=sockets.listen")));
            acknowledged.UnionWith(reader.Before(TimeSpan.FromSeconds(1.1)));
            daemon.Send(Signal.Kill);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(400), End);
        await using var last = await _home.StartAsync();
        // What is stored can be read a moment before the file counts as open.
        var history = await last.HistoryAsync(history =>
            history.GetProperty("times").GetArrayLength() > 0 && history.GetProperty("trouble").ValueKind == JsonValueKind.Null && Life.Kinds(history).Count(kind => kind == "started") == times + 1);
        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(Times(history)));
        Assert.Contains("gap", Life.Kinds(history), StringComparer.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(_home.History)!, "*damaged*"));
        Assert.Equal(0, (await last.StopAsync()).ExitCode);
        TestContext.Current.TestOutputHelper!.WriteLine($"{times} kills, {acknowledged.Count} samples acknowledged, all there");
    }

    private static IEnumerable<long> Times(JsonElement history) => history.GetProperty("times").EnumerateArray().Select(time => time.GetInt64());

    private static long Number(JsonElement report) => report.GetProperty("number").GetInt64();

    private static string? Trouble(JsonElement report) => report.GetProperty("history").GetProperty("trouble") is { ValueKind: JsonValueKind.Object } trouble ? trouble.GetProperty("en").GetString() : null;

    private static byte[] Damaged(byte[] file, string how)
    {
        const int page = 4096;
        switch (how)
        {
            case "truncated":
                return file[..(file.Length / 2 / page * page)];
            case "flipped":
                // Page 2 is a map of the others; behind it every page begins with its kind.
                for (int at = 2 * page; at < file.Length; at += page)
                    file[at] ^= 0x40;
                return file;
            default:
                file.AsSpan(0, 64).Fill(0x5a);
                return file;
        }
    }
}
