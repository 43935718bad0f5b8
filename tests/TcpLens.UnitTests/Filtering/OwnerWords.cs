using TcpLens.Core.Filtering;
using TcpLens.Core.Owners;
using TcpLens.UnitTests.Owners;
using Xunit;

namespace TcpLens.UnitTests.Filtering;

/// <summary>The words of the filter language that ask for the owner.</summary>
public sealed class OwnerWords
{
    [Theory]
    [InlineData("process:java", true)]
    [InlineData("process:JAVA", true)]
    [InlineData("process:j*", true)]
    [InlineData("process:j??a", true)]
    [InlineData("process:jav", false)]
    [InlineData("process:4711", true)]
    [InlineData("process:java(4711)", true)]
    [InlineData("process:nginx,java", true)]
    [InlineData("!process:java", false)]
    [InlineData("service:containerd:0123456789ab", true)]
    [InlineData("unit:containerd:*", true)]
    [InlineData("service:nginx.service", false)]
    [InlineData("container:0123456789ab", true)]
    [InlineData("container:3f1e9c2d-*", true)]
    [InlineData("container:docker:*", false)]
    [InlineData("user:1000", true)]
    [InlineData("user:root", false)]
    public void An_owner_is_judged(string text, bool matches)
    {
        Assert.True(Parse(text).AsksOwner);
        Assert.Equal(matches, Parse(text).MatchesOwner(FakeOwners.Java));
        Assert.True(Parse(text).Matches(default(Core.Model.SocketRecord) with { State = Core.Model.TcpState.Established }));
    }

    [Fact]
    public void Nobody_passes_negated_words_alone()
    {
        Assert.False(Parse("process:*").MatchesOwner(null));
        Assert.True(Parse("!process:nginx").MatchesOwner(null));
        Assert.False(Parse("port:443").AsksOwner);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tmux: server")]
    [InlineData("a,b，c、d*e")]
    [InlineData("!name")]
    [InlineData("网络 进程")]
    public void The_word_of_any_name_finds_the_name(string name)
    {
        var owner = new Owner { Process = name }.Named();
        var by = Core.Grouping.GroupBy.All.First(one => one.Name == "service");
        Assert.Equal(name.Length > 0, SocketFilter.TryParse(by.FilterOf(owner.Service), out var filter, out _));
        Assert.NotEqual(false, filter?.MatchesOwner(owner));
    }

    [Fact]
    public void A_pattern_of_many_stars_ends_soon() =>
        Assert.False(Parse($"process:{string.Concat(Enumerable.Repeat("a*", 200))}b").MatchesOwner(new Owner { Process = new string('a', 10_000) }.Named()));

    private static SocketFilter Parse(string text)
    {
        Assert.True(SocketFilter.TryParse(text, out var filter, out var error), error?.Message.English);
        Assert.Equal(filter.ToString(), SocketFilter.TryParse(filter.ToString(), out var again, out _) ? again.ToString() : "");
        return filter;
    }
}
