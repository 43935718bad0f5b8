using System.Text.RegularExpressions;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Architecture;

/// <summary>What CONTRIBUTING.md and <c>./dev help</c> tell about <c>./dev</c> is what <c>./dev</c> does.</summary>
public sealed partial class DevScript
{
    private static readonly string Script = File.ReadAllText(RepositoryRoot.Of("dev"));

    private static IEnumerable<string> Verbs => VerbOfCase().Matches(Script).Select(match => match.Groups["verb"].Value);

    [Fact]
    public void Every_verb_is_explained_to_contributors()
    {
        string page = File.ReadAllText(RepositoryRoot.Of("CONTRIBUTING.md"));
        Assert.NotEmpty(Verbs);
        Assert.All(Verbs, verb => Assert.Contains($"./dev {verb}", page));
    }

    [Fact]
    public void Contributors_are_told_of_no_verb_that_does_not_exist()
    {
        string pages = File.ReadAllText(RepositoryRoot.Of("CONTRIBUTING.md")) + File.ReadAllText(RepositoryRoot.Of("ARCHITECTURE.md"));
        Assert.Empty(VerbInPage().Matches(pages).Select(match => match.Groups["verb"].Value).Except(Verbs, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_verb_stands_in_the_help() =>
        Assert.All(Verbs, verb => Assert.Matches($@"(?m)^  {verb}\b", Script));

    [GeneratedRegex(@"(?m)^    (?<verb>[a-z][-a-z]*)(?: \| [-a-z]+)*\) .*;;$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VerbOfCase();

    [GeneratedRegex(@"\./dev (?<verb>[a-z][-a-z]*)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VerbInPage();
}
