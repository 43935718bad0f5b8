using System.Text.Json;
using TcpLens.BinaryTests.Serving;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.BinaryTests;

/// <summary>
/// A hundred thousand connections, half of them from 25,000 addresses of each family: counted exactly by remote address and network, with memory that
/// has a bound. What it took is reported.
/// </summary>
[Collection("one after the other")]
public sealed class ManyRemotes : IDisposable
{
    private const int Connections = 100_000;

    /// <summary>25,000 clients of each family, and six servers that the other half is connected to.</summary>
    private const int Remotes = 50_006;

    /// <summary>About 32 MiB; half of it are the groups.</summary>
    private const long OneShotKibMax = 48 * 1024;

    /// <summary>About 70 MiB, with the owners of all connections.</summary>
    private const long ResidentKibMax = 112 * 1024;

    private const int MetricsMax = 256 * 1024;

    private readonly DaemonHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("remote", Remotes)]
    [InlineData("remote/24,64", 101)]
    public void One_command_counts_them_exactly(string key, int groups)
    {
        Require.Root();
        Build();
        string directory = Directory.CreateDirectory(Path.Combine(UserShell.Directory, "remotes-" + groups)).FullName;
        var outcome = UserShell.Run(
            $"cd {directory} && tcp-load --mix established --remotes 25000 {Connections} -- measure cost out tcplens by {key} --json --top 10", TimeSpan.FromMinutes(5));
        Assert.Equal(new BinaryOutcome(0, "", ""), outcome);
        using var said = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "out")));
        using var cost = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "cost")));
        TestContext.Current.TestOutputHelper!.WriteLine(cost.RootElement.GetRawText());
        var shown = said.RootElement.GetProperty("groups").EnumerateArray().ToList();
        var other = said.RootElement.GetProperty("other");
        Assert.Equal("complete", said.RootElement.GetProperty("completeness").GetString());
        Assert.Equal((10, Connections), (shown.Count, shown.Sum(Total) + Total(other)));
        Assert.Equal((groups - 10, false), (other.GetProperty("groups").GetInt32(), other.GetProperty("is_at_least").GetBoolean()));
        Assert.InRange(cost.RootElement.GetProperty("rss_kib").GetInt64(), 1, OneShotKibMax);
    }

    [Fact]
    public async Task A_monitor_stays_small_and_so_do_its_metrics()
    {
        Require.Root();
        Build();
        await using var daemon = await Daemon.StartAsync(new DaemonStart
        {
            Options = _home.Own("--socket", _home.Socket, "--history-file", _home.History),
            Around = [Path.Combine(UserShell.Directory, "tcp-load"), "--mix", "established", "--remotes", "25000", $"{Connections}", "--"],
        });
        await daemon.ReportAsync(report => report.GetProperty("number").GetInt64() >= 3);
        foreach (string by in new[] { "remote_address", "remote_net24", "service" })
        {
            var groups = await daemon.JsonAsync($"/api/v1/connections/groups?by={by}&limit=10");
            TestContext.Current.TestOutputHelper!.WriteLine($"{by}: {groups.GetProperty("duration_ms").GetDouble():0} ms");
            Assert.InRange(groups.GetProperty("groups").GetArrayLength(), 1, 10);
        }

        string metrics = await daemon.Client.GetStringAsync(new Uri(daemon.Address, "/metrics"), TestContext.Current.CancellationToken);
        long resident = ProcessUse.Of(daemon.Id).ResidentKib;
        TestContext.Current.TestOutputHelper!.WriteLine($"{resident} KiB, {metrics.Length} characters of metrics");
        Assert.Contains("tcplens_owner_sockets{", metrics, StringComparison.Ordinal);
        Assert.InRange(metrics.Length, 1, MetricsMax);
        Assert.InRange(resident, 1, ResidentKibMax);
    }

    private static void Build()
    {
        UserShell.Build("measure", RepositoryRoot.Of("bench", "readers", "measure.c"));
        UserShell.Build("tcp-load", Directory.GetFiles(RepositoryRoot.Of("bench", "load"), "*.c"));
    }

    private static int Total(JsonElement group) => group.GetProperty("total").GetInt32();
}
