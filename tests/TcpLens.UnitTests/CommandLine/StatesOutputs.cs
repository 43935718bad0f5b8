using System.Text.RegularExpressions;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary><c>tcplens</c>, <c>tcplens states</c> and <c>tcplens watch</c> through the command line.</summary>
[Collection(CommandRun.Collection)]
public sealed class StatesOutputs
{
    private static readonly Regex s_escapes = new(@"\e\[[0-9;?]*[A-Za-z]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public static TheoryData<string, string> ReadingsInBothLanguages()
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, _) in SampleReadings.All)
        {
            data.Add(name, "en");
            data.Add(name, "zh");
        }

        return data;
    }

    public static TheoryData<string, string> FormatsOfReadings()
    {
        var data = new TheoryData<string, string>();
        foreach (string name in new[] { "rich", "close-unseen", "interrupted", "all-namespaces" })
        {
            foreach (string format in new[] { "json", "csv", "prometheus" })
                data.Add(name, format);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ReadingsInBothLanguages))]
    public void The_table_reads_as_committed_and_fits_80_columns(string name, string language)
    {
        var run = CommandRun.Of(KernelOf(name), "--lang", language);
        Assert.Equal("", run.Error);
        Assert.Equal(name == "unreadable" ? 1 : 0, run.Code);
        CommandRun.AssertFits(run.Output);
        Golden.Match($"table.{name}.{language}", run.Output);
    }

    [Fact]
    public void The_command_states_prints_the_same_table() =>
        Assert.Equal(CommandRun.Of(KernelOf("rich")).Good(), CommandRun.Of(KernelOf("rich"), "states").Good());

    [Theory]
    [MemberData(nameof(FormatsOfReadings))]
    public void A_format_for_programs_reads_as_committed_in_every_language(string name, string format)
    {
        string english = CommandRun.Of(KernelOf(name), "states", "--" + format).Good();
        Assert.Equal(english, CommandRun.Of(KernelOf(name), "states", "--" + format, "--lang", "zh").Good());
        Golden.Match($"states.{name}.{format}", english);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--csv")]
    [InlineData("--prometheus")]
    public void A_namespace_that_cannot_be_read_is_a_failure(string format) => Assert.Equal(1, CommandRun.Of(KernelOf("unreadable"), "states", format).Code);

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void Watch_in_a_pipe_prints_one_frame_after_the_other(string language)
    {
        var kernel = new FakeKernel { Readings = [SampleReadings.Rich, SampleReadings.Later, SampleReadings.CloseUnseen] };
        string frames = CommandRun.Of(kernel, "watch", "-n", "0.1", "--count", "3", "--lang", language).Good();
        CommandRun.AssertFits(frames);
        Golden.Match($"watch.{language}", frames);
    }

    [Fact]
    public void Watch_as_JSON_prints_the_documents_of_states()
    {
        var kernel = new FakeKernel { Readings = [SampleReadings.Rich, SampleReadings.Later] };
        string both = CommandRun.Of(new FakeKernel { Readings = [SampleReadings.Rich] }, "states", "--json").Good()
            + CommandRun.Of(new FakeKernel { Readings = [SampleReadings.Later] }, "states", "--json").Good();
        Assert.Equal(both, CommandRun.Of(kernel, "watch", "--json", "-n", "0.1", "--count", "2").Good());
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void Watch_with_large_counts_fits_80_columns(string language)
    {
        var kernel = new FakeKernel { Readings = [SampleReadings.Empty, SampleReadings.Large] };
        CommandRun.AssertFits(CommandRun.Of(kernel, "watch", "-n", "0.1", "-c", "2", "--lang", language).Good());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(57)]
    [InlineData(80)]
    [InlineData(200)]
    public void Watch_on_a_terminal_never_wraps(int columns)
    {
        var world = new CommandRun.World { IsTerminal = true, Columns = columns };
        var kernel = new FakeKernel { Readings = [SampleReadings.Rich, SampleReadings.Large] };
        string screen = CommandRun.In(world, kernel, "watch", "-n", "0.1", "-c", "2", "--lang", "zh").Good();
        Assert.StartsWith("\e[?1049h", screen, StringComparison.Ordinal);
        Assert.EndsWith("\e[?1049l", screen, StringComparison.Ordinal);
        foreach (string frame in screen.Split("\e[H")[1..])
            CommandRun.AssertFits(s_escapes.Replace(frame, ""), columns);
    }

    [Fact]
    public void Watch_leaves_the_screen_when_the_kernel_fails()
    {
        var world = new CommandRun.World { IsTerminal = true };
        var run = CommandRun.In(world, new FakeKernel { Failure = BadInput.NoNetlink }, "watch");
        Assert.Equal(1, run.Code);
        Assert.EndsWith("\e[?1049l", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "auto", "", false)]
    [InlineData(true, "auto", "", true)]
    [InlineData(true, "auto", "NO_COLOR=1", false)]
    [InlineData(true, "auto", "TERM=dumb", false)]
    [InlineData(true, "never", "", false)]
    [InlineData(false, "always", "", true)]
    [InlineData(false, "always", "NO_COLOR=1", true)]
    public void Colour_is_for_terminals_unless_somebody_says_otherwise(bool isTerminal, string asked, string variable, bool coloured)
    {
        var world = new CommandRun.World { IsTerminal = isTerminal };
        if (variable.Split('=') is [var name, var value])
            world.Environment.Add(name, value);
        Assert.Equal(coloured, CommandRun.In(world, KernelOf("rich"), "--color", asked).Good().Contains('\e'));
    }

    [Fact]
    public void Colour_reads_as_committed_and_changes_nothing_but_colour()
    {
        string coloured = CommandRun.Of(KernelOf("rich"), "--color", "always").Good();
        Assert.Equal(CommandRun.Of(KernelOf("rich")).Good(), s_escapes.Replace(coloured, ""));
        Golden.Match("table.rich.colour", coloured);
    }

    [Theory]
    [InlineData("LANG", "zh_CN.UTF-8", true)]
    [InlineData("LC_MESSAGES", "zh_TW", true)]
    [InlineData("LC_ALL", "zh", true)]
    [InlineData("LANG", "de_DE.UTF-8", false)]
    [InlineData("LANG", "", false)]
    public void The_locale_decides_the_language(string variable, string value, bool chinese)
    {
        var world = new CommandRun.World { Environment = new(StringComparer.Ordinal) { [variable] = value } };
        Assert.Equal(chinese, CommandRun.In(world, KernelOf("rich")).Good().Contains("状态", StringComparison.Ordinal));
    }

    [Fact]
    public void LC_ALL_comes_before_LANG()
    {
        var world = new CommandRun.World { Environment = new(StringComparer.Ordinal) { ["LC_ALL"] = "C", ["LANG"] = "zh_CN" } };
        Assert.Contains("MEANING", CommandRun.In(world, KernelOf("rich")).Good(), StringComparison.Ordinal);
    }

    private static FakeKernel KernelOf(string name) => new() { Readings = [SampleReadings.All.First(one => one.Name == name).Reading] };
}
