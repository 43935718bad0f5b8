using TcpLens.Bench;
using TcpLens.Bench.Report;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Bench;

public sealed class ResultsPages
{
    [Fact]
    public void Committed_pages_are_made_from_the_committed_raw_data()
    {
        string bench = RepositoryRoot.Of("bench");
        string? raw = RawFiles.Newest(bench, RawFiles.Name);
        Assert.True(raw is not null, "bench/results has no raw data");
        var page = new ResultsPage(RawData.Read(raw));
        foreach (var (file, language) in RawFiles.Pages)
            Assert.Equal(File.ReadAllText(Path.Combine(bench, file)), page.In(language));
    }

    [Fact]
    public void The_READMEs_show_the_committed_raw_data()
    {
        string? raw = RawFiles.Newest(RepositoryRoot.Of("bench"), RawFiles.Name);
        Assert.True(raw is not null, "bench/results has no raw data");
        var excerpt = new ReadmeExcerpt(RawData.Read(raw));
        foreach (var (file, language) in ReadmeExcerpt.Pages)
        {
            string readme = File.ReadAllText(RepositoryRoot.Of(file));
            Assert.Equal(excerpt.PutInto(readme, language), readme);
        }
    }

    [Fact]
    public void The_excerpt_leaves_the_rest_of_a_README_alone()
    {
        var excerpt = new ReadmeExcerpt(Invented());
        string readme = excerpt.PutInto("before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n", Language.English);
        Golden.Match("Excerpt", readme);
        Assert.Equal(readme, excerpt.PutInto(readme, Language.English));
        Assert.Throws<FormatException>(() => excerpt.PutInto("no marks", Language.English));
    }

    [Fact]
    public void A_page_shows_every_verdict()
    {
        var page = new ResultsPage(Invented());
        Golden.Match("Results", page.In(Language.English));
        Golden.Match("Results.zh", page.In(Language.Chinese));
    }

    [Fact]
    public void The_connection_of_the_reading_itself_is_no_error()
    {
        var truth = new Tally();
        truth.Add(TcpState.Established, 10, 10);
        var said = new Tally { HasFamilies = false };
        said.Add(TcpState.Established, 22, 0);

        Assert.Empty(said.ErrorsAgainst(truth, own: 2));
        Assert.Equal([new WrongState("established", 22, 20)], said.ErrorsAgainst(truth, own: 1));
    }

    [Fact]
    public void The_wrong_family_is_an_error()
    {
        var truth = new Tally();
        truth.Add(TcpState.CloseWait, 3, 1);
        var said = new Tally();
        said.Add(TcpState.CloseWait, 1, 3);

        Assert.Equal([new WrongState("close_wait", 4, 4)], said.ErrorsAgainst(truth, own: 0));
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(6, false)]
    [InlineData(0, false)]
    public void Sockets_without_state_are_no_error_when_all_are_there(long without, bool isRight)
    {
        var truth = new Tally();
        truth.Add(TcpState.Established, 20, 0);
        truth.Add(TcpState.TimeWait, 5, 2);
        var said = new Tally { HasFamilies = false, WithoutState = without };
        said.Add(TcpState.Established, 20, 0);

        Assert.Equal(isRight, said.ErrorsAgainst(truth, own: 0).Count == 0);
    }

    [Theory]
    [InlineData(new double[] { 4 }, 4, 4, 4)]
    [InlineData(new double[] { 5, 1, 3, 2, 4 }, 2, 3, 4)]
    [InlineData(new double[] { 1, 2 }, 1.25, 1.5, 1.75)]
    public void Quartiles_lie_between_the_ordered_values(double[] values, double lower, double median, double upper) =>
        Assert.Equal(new Quartiles(lower, median, upper), Quartiles.Of(values.Select(value => (double?)value)));

    private static RawData Invented() => new(
        InventedFacts.With(("tcplens", "0.1.0"), ("ss", "6.1.0"), ("collectd", "absent")),
        [],
        [
            new() { Size = 1000, Round = 1, Contender = "tcplens", WallMs = 5, CpuMs = 3, RssKib = 9216, ReadingMs = 0.8 },
            new() { Size = 1000, Round = 1, Contender = "ss", WallMs = 7.5, CpuMs = 6, RssKib = 3072, Wrong = [new("close", 0, 2)] },
            new() { Size = 1000, Round = 1, Contender = "node-exporter", WallMs = 1234.5, CpuMs = 12, RssKib = 61440, Own = 2 },
            new() { Size = 1000, Round = 1, Contender = "zabbix-agentd", Failure = "no answer | at all" },
            new() { Size = 1000, Round = 2, Contender = "tcplens", WallMs = 6, CpuMs = 4, RssKib = 9000, ReadingMs = 1 },
            new() { Size = 1000, Round = 2, Contender = "ss", WallMs = 8.5, CpuMs = 6, RssKib = 3000, Wrong = [new("close", 0, 2), new("established", 950, 953)] },
        ]);
}
