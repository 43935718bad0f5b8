using TcpLens.Core.Monitoring;
using TcpLens.TestKit;
using TcpLens.UnitTests.History;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary><c>tcplens history</c> through the command line.</summary>
[Collection(CommandRun.Collection)]
public sealed class HistoryOutputs
{
    [Theory]
    [InlineData("all", "en", 80, "")]
    [InlineData("all", "zh", 80, "")]
    [InlineData("one", "en", 80, "--state established")]
    [InlineData("one", "zh", 80, "--state 已建立")]
    [InlineData("two", "en", 160, "--state established,time-wait --from -30m")]
    [InlineData("unknown", "en", 80, "--metric counter.ListenOverflows,used.accept_queue")]
    [InlineData("day", "en", 100, "--state time_wait --from -2d")]
    public void A_plot_reads_as_committed_and_fits(string name, string language, int columns, string arguments)
    {
        using var box = Hour();
        string plot = Run(box, columns, [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--lang", language]).Good();
        CommandRun.AssertFits(plot, columns);
        Assert.InRange(plot.Split('\n').Length, 5, 25);
        Golden.Match($"history.{name}.{language}", plot);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(300)]
    public void A_plot_takes_the_width_that_there_is(int columns)
    {
        using var box = Hour();
        CommandRun.AssertFits(Run(box, columns).Good(), Math.Max(columns, 52));
        CommandRun.AssertFits(Run(box, columns, "--state", "time_wait").Good(), Math.Max(columns, 70));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void A_format_for_programs_reads_as_committed_in_every_language(string format)
    {
        using var box = Hour();
        string[] arguments = ["--state", "established,time_wait", "--points", "6", "--" + format];
        string english = Run(box, 80, arguments).Good();
        Assert.Equal(english, Run(box, 80, [.. arguments, "--lang", "zh"]).Good());
        Golden.Match($"history.{format}", english);
    }

    [Fact]
    public void A_copy_without_its_journal_is_read_and_nothing_is_left_beside_it()
    {
        using var box = Hour();
        box.Restart();
        using var copy = new HistoryBox();
        File.Copy(box.Settings.Path, copy.Settings.Path);
        copy.Now = box.Now;
        Assert.Equal(Run(box, 80).Good(), Run(copy, 80).Good());
        Assert.Equal([copy.Settings.Path], Directory.GetFiles(copy.Folder));
    }

    [Fact]
    public void Without_a_file_it_says_how_one_comes_to_be()
    {
        using var box = new HistoryBox();
        var run = Run(box, 80);
        Assert.Equal((1, "", $"tcplens: there is no history at {box.Settings.Path}: it is kept while the resident monitor runs (tcplens serve); --file names another\n"), (run.Code, run.Output, run.Error));
        run = Run(box, 80, "--lang", "zh", "--json");
        Assert.Equal((1, "", $"tcplens: {box.Settings.Path} 处没有历史数据：历史由常驻监控进程（tcplens serve）在运行期间保存；可用 --file 指定其他文件\n"), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public void Another_file_is_refused_in_words()
    {
        using var box = new HistoryBox();
        File.WriteAllText(box.Settings.Path, "no database");
        var run = Run(box, 80);
        Assert.Equal((1, $"tcplens: {box.Settings.Path} is not a history of tcplens and is left untouched: choose another file name\n"), (run.Code, run.Error));
    }

    [Fact]
    public void A_time_of_which_nothing_is_known_is_no_empty_picture()
    {
        using var box = Hour();
        Assert.Equal("tcplens: nothing is known of that time; look further back with --from\n", Run(box, 80, "--from", "2020-01-01", "--to", "2020-01-02").Error);
        Assert.Equal("time,sockets.close.min,sockets.close.avg,sockets.close.max\r\n", Run(box, 80, "--from", "2020-01-01", "--to", "2020-01-02", "--state", "close", "--csv").Good());
    }

    [Theory]
    [InlineData("unknown state 'tme_wait': did you mean 'time_wait'?", "--state", "tme_wait")]
    [InlineData("unknown metric 'counter.ListenOverflow': did you mean 'counter.ListenOverflows'?", "--metric", "counter.ListenOverflow")]
    [InlineData("--from takes a time (now, -2h, -30d, 2026-03-04T05:06:07Z), not 'soon'", "--from", "soon")]
    [InlineData("--from must be earlier than --to", "--from", "now", "--to", "-1h")]
    [InlineData("--points takes a number from 2 to 10000, not '1'", "--points", "1")]
    [InlineData("choose one of --plot, --json and --csv", "--csv", "--json")]
    public void A_wrong_word_is_answered_with_what_would_be_right(string words, params string[] arguments)
    {
        using var box = new HistoryBox();
        Assert.StartsWith("tcplens: " + words, Run(box, 80, arguments).Refused(), StringComparison.Ordinal);
    }

    private static CommandRun Run(HistoryBox box, int columns, params string[] arguments) =>
        CommandRun.In(new CommandRun.World { Columns = columns, Clock = box }, new FakeKernel(), ["history", "--file", box.Settings.Path, .. arguments]);

    /// <summary>An hour with a rise, a spike of a second, ten minutes without the monitor, and a note.</summary>
    private static HistoryBox Hour()
    {
        var box = new HistoryBox();
        box.Ticks(1500, i => 100 + (i / 10.0) + (i == 700 ? 500 : 0));
        box.Pass(TimeSpan.FromMinutes(10));
        box.Ticks(1490, i => 400 + (100 * Math.Sin(i / 200.0)));
        box.Store.Add(new Annotation(box.Now.AddSeconds(-600), AnnotationKind.KernelSetting, new("tcp_tw_reuse: 2, was 0", "tcp_tw_reuse：由 0 改为 2")));
        box.Tick(400);
        box.Stored();
        return box;
    }
}
