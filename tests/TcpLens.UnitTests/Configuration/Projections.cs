using TcpLens.CommandLine;
using TcpLens.Commands;
using TcpLens.Configuration;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using TcpLens.UnitTests.CommandLine;
using Xunit;

namespace TcpLens.UnitTests.Configuration;

/// <summary>What is made from the table of settings: the example file, the reference, and the options of the command line.</summary>
[Collection(CommandRun.Collection)]
public sealed class Projections
{
    private const string Made = "<!-- Made from the table of settings; the test Projections writes it anew with TCPLENS_GOLDEN=write. -->\n";

    [Fact]
    public void The_reference_is_that_of_this_program()
    {
        Reference("configuration.md", "# Configuration\n\nEnglish | [简体中文](configuration.zh.md)\n", Language.English);
        Reference("configuration.zh.md", "# 配置\n\n[English](configuration.md) | 简体中文\n", Language.Chinese);
    }

    [Fact]
    public void The_packaged_file_is_that_of_this_program() => Golden.MatchFile(RepositoryRoot.Of("packaging", "tcplens.toml"), ExampleFile.Render(Language.English));

    [Fact]
    public void The_example_in_Chinese_reads_as_committed() => Golden.Match("example.zh", ExampleFile.Render(Language.Chinese));

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void The_example_sets_nothing_and_with_its_signs_removed_every_default(Language language)
    {
        string text = ExampleFile.Render(language);
        Assert.Empty(Loading.Good(text).Origins);

        var lines = text.Split('\n').Select(line => line.StartsWith('#') && !line.StartsWith("# ", StringComparison.Ordinal) ? line[1..] : line);
        var loaded = Loading.Good(string.Join('\n', lines));
        Assert.Equal(SettingTable.All.Length, loaded.Origins.Count);
        Assert.Empty(Settings.Differences(new Settings(), loaded.Settings));
    }

    [Fact]
    public void No_two_settings_share_a_name_a_variable_or_an_option()
    {
        Assert.Distinct(SettingTable.All.Select(setting => setting.Name), StringComparer.Ordinal);
        Assert.Distinct(SettingTable.All.Select(setting => setting.Environment), StringComparer.Ordinal);
        Assert.Distinct(SettingTable.All.Select(setting => setting.Flag?.Name).OfType<string>(), StringComparer.Ordinal);
        Assert.All(SettingTable.Sections, section => Assert.All(section.Settings, setting => Assert.Equal(section.Name, setting.Section)));
    }

    [Fact]
    public void Options_reach_the_settings_and_files_are_made_absolute()
    {
        var command = new DescribedCommand("serve", Phrase.Same("serve"));
        foreach (var option in SettingOptions.Serve.All)
            command.Add(option);
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "[sampling]\ninterval = \"7s\"\nnetns = \"all\"\n");
        var parsed = command.Parse(["--config", file, "--interval", "2s", "--no-history", "--listen", "127.0.0.1:0,[::1]:0", "--history-file", "x.db"]);

        var around = new Surroundings { Output = Stream.Null, Error = Stream.Null, IsTerminal = false, Environment = _ => null, Clock = TimeProvider.System, Kernel = new FakeKernel() };
        var loaded = SettingOptions.Serve.Load(parsed, around);

        Assert.Equal(
            (TimeSpan.FromSeconds(2), NamespaceScope.All, false, 2, Path.GetFullPath("x.db")),
            (loaded.Settings.Sampling.Interval, loaded.Settings.Sampling.Netns, loaded.Settings.History.Enabled, loaded.Settings.Web.Listen.Length, loaded.Settings.History.File));
        Assert.Equal("option --no-history", loaded.OriginOf(SettingTable.Find("history", "enabled")).Words.English);
        Assert.Equal($"{file}:3", loaded.OriginOf(SettingTable.Find("sampling", "netns")).Words.English);

        File.WriteAllText(file, "[sampling]\ninterval = 7\n");
        Assert.Null(SettingOptions.Serve.TryLoad(parsed, around, out var problems));
        Assert.Equal(1, problems.Count);
        File.Delete(file);
    }

    private static void Reference(string name, string title, Language language) =>
        Golden.MatchFile(RepositoryRoot.Of("docs", "reference", name), ReferencePage.Render(language, Made + title));
}
