using CsCheck;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using Xunit;

namespace TcpLens.UnitTests.Text;

public sealed class NearestWords
{
    private static readonly string[] s_states = [.. TcpStates.All.Select(info => info.Name)];

    [Theory]
    [InlineData("estblished", "established")]
    [InlineData("CLOS_WAIT", "close_wait")]
    [InlineData("lsiten", "listen")]
    [InlineData("timewait", "time_wait")]
    [InlineData("established", "established")]
    [InlineData("syn_snet", "syn_sent")]
    [InlineData("last_akc", "last_ack")]
    [InlineData("fin_wait3", "fin_wait1")]
    public void A_typing_mistake_finds_the_word(string word, string meant) => Assert.Equal(meant, Nearest.Find(word, s_states));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("banana")]
    [InlineData("关闭")]
    public void A_strange_word_finds_nothing(string word) => Assert.Null(Nearest.Find(word, s_states));

    [Fact]
    public void A_single_letter_is_not_replaced_by_another() => Assert.Null(Nearest.Find("a", ["b"]));

    [Fact]
    public void An_endless_word_finds_nothing() => Assert.Null(Nearest.Find(new string('a', 100_000), [new string('a', 100_000)]));

    [Fact]
    public void Any_word_is_answered() => Gen.Select(Gen.String, Gen.String.Array).Sample((word, candidates) =>
    {
        string? found = Nearest.Find(word, candidates);
        Assert.True(found is null || candidates.Contains(found, StringComparer.Ordinal));
    });
}
