using TcpLens.Bench;
using TcpLens.Bench.Report;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Bench;

public sealed class PollsPages
{
    [Fact]
    public void Committed_pages_are_made_from_the_committed_raw_data()
    {
        string bench = RepositoryRoot.Of("bench");
        string? raw = RawFiles.Newest(bench, RawFiles.Zabbix);
        Assert.True(raw is not null, "bench/results has no raw data of polls");
        var page = new PollsPage(RawData.Read(raw));
        foreach (var (file, language) in RawFiles.ZabbixPages)
            Assert.Equal(File.ReadAllText(Path.Combine(bench, file)), page.In(language));
    }

    [Fact]
    public void A_page_shows_cost_and_verdict_of_every_way()
    {
        var page = new PollsPage(Invented());
        Golden.Match("Polls", page.In(Language.English));
        Golden.Match("Polls.zh", page.In(Language.Chinese));
    }

    [Fact]
    public void Only_the_longer_polls_have_fewer_sizes() =>
        Assert.Equal([1000, 10_000, 100_000], BenchOptions.Parse(["zabbix", "--rounds", "3"], out _).Sizes);

    private static RawData Invented() => new(
        InventedFacts.With(("tcplens", "0.1.0"), ("master-6.0-agentd", "1:6.0.14"), ("netstat-recipe", "absent")),
        [],
        [
            new() { Size = 1000, Round = 1, Contender = "master-6.0-agentd", WallMs = 12, CpuMs = 10, SlowestMs = 12 },
            new() { Size = 1000, Round = 2, Contender = "master-6.0-agentd", WallMs = 14, CpuMs = 11, SlowestMs = 14 },
            new() { Size = 1000, Round = 1, Contender = "builtin-7.0-agent2", WallMs = 110, CpuMs = 105, SlowestMs = 11, Own = 2, Wrong = [new("close", 0, 2)] },
            new() { Size = 1000, Round = 1, Contender = "keys-6.0-agentd", Failure = "zabbix_agentd 6.0: LISTEN: no | yes" },
            new() { Size = 1000, Round = 1, Contender = "recipe-6.0-agentd", WallMs = 300, CpuMs = 290, SlowestMs = 30, Unusable = 11, Wrong = [new("listen", 0, 4)] },
            new() { Size = 1000, Round = 1, Contender = "recipe-root-6.0-agentd", WallMs = 35_000, CpuMs = 33_000, SlowestMs = 3300, Wrong = [new("listen", 0, 4)] },
        ]);
}
