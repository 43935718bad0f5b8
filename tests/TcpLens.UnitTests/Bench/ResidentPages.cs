using TcpLens.Bench;
using TcpLens.Bench.Report;
using TcpLens.Bench.Residents;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Bench;

public sealed class ResidentPages
{
    [Fact]
    public void Committed_pages_are_made_from_the_committed_raw_data()
    {
        string bench = RepositoryRoot.Of("bench");
        string? raw = RawFiles.Newest(bench, RawFiles.Resident);
        Assert.True(raw is not null, "bench/results has no raw data of resident monitors");
        var page = new ResidentPage(RawData.Read(raw));
        foreach (var (file, language) in RawFiles.ResidentPages)
            Assert.Equal(File.ReadAllText(Path.Combine(bench, file)), page.In(language));
    }

    [Fact]
    public void A_page_shows_cost_pace_and_verdict_of_every_monitor()
    {
        var page = new ResidentPage(Invented());
        Golden.Match("Resident", page.In(Language.English));
        Golden.Match("Resident.zh", page.In(Language.Chinese));
    }

    [Fact]
    public void Every_monitor_that_takes_part_has_its_row()
    {
        var options = BenchOptions.Parse(["resident"], out string? error);
        Assert.Null(error);
        Assert.Equal([1000, 100_000], options.Sizes);
        var monitors = AllMonitors.Make(new Workshop(options));
        Assert.Equal(ResidentText.All.Select(text => text.Id), monitors.Select(one => one.Id), StringComparer.Ordinal);
    }

    private static RawData Invented() => new(
        InventedFacts.With(("tcplens", "0.1.0"), ("tcplens-second", "0.1.0"), ("zabbix-agent2", "1:6.0.14"), ("collectd", "absent")) with { IsTrial = true },
        [],
        [
            Watched("tcplens", 1, cpuMs: 100, readings: 2),
            Watched("tcplens", 2, cpuMs: 110, readings: 2),
            Watched("tcplens-second", 1, cpuMs: 1000, readings: 20),
            Watched("tcplens-second-web", 1, cpuMs: 1200, readings: 20) with { Own = 2 },
            Watched("node-exporter", 1, cpuMs: 2000, readings: 20) with { Wrong = [new("close", 0, 2)] },
            new() { Size = 1000, Round = 1, Contender = "zabbix-agent2", Failure = "LISTEN: no | yes" },
            Watched("netdata", 1, cpuMs: 10, readings: 20) with { Told = ["time_wait"] },
        ]);

    private static Sample Watched(string monitor, int round, double cpuMs, int readings) => new()
    {
        Size = 1000,
        Round = round,
        Contender = monitor,
        CpuMs = cpuMs,
        Seconds = 20,
        Readings = readings,
        RssKib = 30_720,
        ResidentKib = 26_624,
        PssKib = 20_480,
    };
}
