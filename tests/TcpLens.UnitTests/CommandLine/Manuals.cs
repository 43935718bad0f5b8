using TcpLens.CommandLine;
using TcpLens.CommandLine.Manual;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary>Help, man page and reference: made from the command tree, and read before they are committed.</summary>
[Collection(CommandRun.Collection)]
public sealed class Manuals
{
    private const string Made = "<!-- Made from the command tree; the test Manuals writes it anew with TCPLENS_GOLDEN=write. -->\n";

    private static FakeKernel Kernel => new() { Readings = [SampleReadings.Rich] };

    public static TheoryData<string, string> CommandsInBothLanguages()
    {
        var data = new TheoryData<string, string>();
        foreach (var node in Root().Tree)
        {
            data.Add(node.Path, "en");
            data.Add(node.Path, "zh");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(CommandsInBothLanguages))]
    public void Help_reads_as_committed_and_fits_80_columns(string path, string language)
    {
        string help = CommandRun.Of(Kernel, [.. path.Split(' ')[1..], "--help", "--lang", language]).Good();
        CommandRun.AssertFits(help);
        Assert.Equal(help, CommandRun.Of(Kernel, [.. path.Split(' ')[1..], "-h", "--lang", language]).Good());
        Golden.Match($"help.{path.Replace(' ', '-')}.{language}", help);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(300)]
    public void Help_is_laid_out_for_the_terminal_within_what_can_be_read(int columns)
    {
        var world = new CommandRun.World { IsTerminal = true, Columns = columns };
        CommandRun.AssertFits(CommandRun.In(world, Kernel, "--help", "--color", "never").Good(), Math.Clamp(columns, 60, 100));
    }

    [Fact]
    public void The_version_is_the_name_and_a_number() => Assert.Matches(@"^tcplens \d+\.\d+\.\d+[-.0-9A-Za-z]*\n$", CommandRun.Of(Kernel, "--version").Good());

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void The_man_page_reads_as_committed(string language) =>
        Golden.Match($"tcplens.1.{language}", CommandRun.Of(Kernel, "man", "--lang", language).Good().Replace($"tcplens {ProductVersion.Text}", "tcplens VERSION", StringComparison.Ordinal));

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Groff_where_it_is_here_has_nothing_to_say_against_the_man_page(string language)
    {
        const string Check = "if command -v preconv >/dev/null; then groff -man -ww -z -Kutf8 -Tutf8; else cat >/dev/null; fi";
        Assert.Equal(("", ""), await Shell.Run(Check, CommandRun.Of(Kernel, "man", "--lang", language).Good()));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void The_overview_of_the_states_comes_through_the_command_line(string language)
    {
        string overview = CommandRun.Of(Kernel, "explain", "--lang", language).Good();
        CommandRun.AssertFits(overview);
        Golden.Match($"explain.{language}", overview);
    }

    [Theory]
    [InlineData("TIME-WAIT")]
    [InlineData("timewait")]
    [InlineData("时间等待")]
    public void A_state_is_explained_in_any_spelling(string spelling) =>
        Assert.StartsWith("TIME_WAIT  ", CommandRun.Of(Kernel, "explain", spelling).Good(), StringComparison.Ordinal);

    [Fact]
    public void The_reference_is_that_of_this_program()
    {
        Reference("cli.md", "# tcplens(1)\n\nEnglish | [简体中文](cli.zh.md)\n", Language.English);
        Reference("cli.zh.md", "# tcplens(1)\n\n[English](cli.md) | 简体中文\n", Language.Chinese);
    }

    private static void Reference(string name, string title, Language language) =>
        Golden.MatchFile(RepositoryRoot.Of("docs", "reference", name), MarkdownPage.Render(ManualText.Of(Root(), language), language, Made + title));

    private static CommandNode Root() => CommandNode.Of(CommandTree.Parse(["man"], null!).RootCommandResult);
}
