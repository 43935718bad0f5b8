using System.Text.RegularExpressions;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Docs;

/// <summary>What the pages tell is what the program does, in both languages, and no link leads nowhere.</summary>
public sealed partial class Pages
{
    private const int PictureBytesMax = 200 * 1000;

    private static readonly string[] OfNoInterest = ["artifacts", "dist", "node_modules", ".git"];

    [Theory]
    [InlineData("README.md", Language.English)]
    [InlineData("README.zh.md", Language.Chinese)]
    public void The_table_of_states_is_that_of_the_program(string readme, Language language)
    {
        var expected = TcpStates.All.Select(info => $"| {info.Linux} | {info.Rfc} | {info.Chinese} | {info.Meaning.In(language)} |");
        string table = string.Join('\n', expected) + "\n\n";
        Assert.Contains(table, Read(readme), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh.md")]
    public void There_is_a_line_for_every_key_of_the_recipe(string readme)
    {
        var expected = TcpStates.All.Select(info => $"UserParameter={info.Linux},/usr/bin/tcplens zabbix get {info.Linux}");
        var lines = Read(readme).Split('\n').Where(line => line.StartsWith("UserParameter=", StringComparison.Ordinal));
        Assert.Equal(string.Join('\n', expected), string.Join('\n', lines));
    }

    [Fact]
    public void Both_READMEs_have_the_same_parts()
    {
        Assert.Equal(Shape("README.md"), Shape("README.zh.md"));

        // Levels of the headings, rows of tables, code, in order: what a translation keeps.
        static string Shape(string readme) => string.Concat(
            Read(readme).Split('\n')
                .Select(line => HeadingMarks().Match(line) is { Success: true } heading ? heading.Value : line.StartsWith('|') ? "|" : line.StartsWith("```", StringComparison.Ordinal) ? "`" : ""));
    }

    [Fact]
    public void Every_relative_link_leads_somewhere()
    {
        var broken =
            from page in All()
            from match in LinkTarget().Matches(File.ReadAllText(page))
            let target = match.Groups["target"].Value
            where !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('#')
            let file = Path.Combine(Path.GetDirectoryName(page)!, target.Split('#')[0])
            where !Path.Exists(file)
            select $"{Path.GetRelativePath(RepositoryRoot.Path, page)}: {target}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_decision_stands_in_the_list()
    {
        string folder = RepositoryRoot.Of("docs", "decisions");
        string list = File.ReadAllText(Path.Combine(folder, "README.md"));
        foreach (string page in Directory.GetFiles(folder, "0*.md"))
        {
            string title = File.ReadLines(page).First();
            var (number, words) = (title.Split('.')[0].TrimStart('#', ' '), title[(title.IndexOf('.', StringComparison.Ordinal) + 2)..]);
            Assert.Contains($"| [{number}]({Path.GetFileName(page)}) | {words} |", list, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pictures_are_small_and_shown()
    {
        string pages = Read("README.md") + Read("README.zh.md");
        foreach (string picture in Directory.GetFiles(RepositoryRoot.Of("docs", "pictures"), "*.png"))
        {
            Assert.InRange(new FileInfo(picture).Length, 1, PictureBytesMax);
            Assert.Contains($"docs/pictures/{Path.GetFileName(picture)}", pages, StringComparison.Ordinal);
        }
    }

    private static string Read(string page) => File.ReadAllText(RepositoryRoot.Of(page));

    private static IEnumerable<string> All() =>
        Directory.EnumerateFiles(RepositoryRoot.Path, "*.md", SearchOption.AllDirectories)
            .Where(page => !Path.GetRelativePath(RepositoryRoot.Path, page).Split('/').Any(part => OfNoInterest.Contains(part, StringComparer.Ordinal)));

    [GeneratedRegex(@"^#+(?= )", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeadingMarks();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkTarget();
}
