using System.Text;
using TcpLens.Core.Filtering;
using TcpLens.Core.Text;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.UnitTests.Filtering;

public sealed class FilterErrors
{
    private static readonly string[] s_mistakes =
    [
        "state:clos_wait port:443",
        "state:banana",
        "state:established,关闭等 port:443",
        "estblished",
        "banana",
        "443",
        "10.0.0.1/8",
        "2001:db8::1",
        "port",
        "prot:443",
        "zone:eth0",
        ":443",
        "状态:established prt:1",
        "netns:生产环境 lport:70000",
        "port:",
        "port:80,,443",
        "port:80,",
        "port:8999-8000",
        "port:-1",
        "!",
        "port:80 !!state:listen",
        "remote:10.0.0.1:443",
        "remote:10.0.0.0/33",
        "remote:010.0.0.1",
        "family:5",
        "owned:yse",
        "uid:root",
        "recvq:many",
        "sendq:<0",
        "port:\u001b[31m\u202e",
    ];

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void Errors_point_at_the_wrong_word(Language language)
    {
        var page = new StringBuilder();
        foreach (string text in s_mistakes)
            page.Append(Fail(text).Render(language)).Append("\n\n");
        Golden.Match($"filter-errors.{language}", page.ToString());
    }

    [Fact]
    public void The_caret_stands_under_the_word() => Assert.Equal(
        """
        state:clos_wait port:443
              ^~~~~~~~~ unknown state 'clos_wait': did you mean 'close_wait'?
        """,
        Fail("state:clos_wait port:443").Render(Language.English));

    [Fact]
    public void Wide_characters_move_the_caret_by_two_columns_or_as_the_caller_says()
    {
        var error = Fail("netns:网络 port:x");
        Assert.Equal(16, error.Render(Language.English).Split('\n')[1].IndexOf('^', StringComparison.Ordinal));
        Assert.Equal(14, error.Render(Language.English, _ => 1).Split('\n')[1].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_filter_is_shown_in_part()
    {
        var error = Fail($"netns:{new string('a', 500)} port:{new string('网', 300)} port:1");
        string[] lines = error.Render(Language.English).Split('\n');
        Assert.Equal($"…{new string('a', 34)} port:{new string('网', 20)}… port:1", lines[0]);
        Assert.StartsWith(new string(' ', 41) + "^" + new string('~', 40) + " '", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_refused_with_their_number()
    {
        Assert.Contains("1000 characters", Fail(new string(' ', 1_001)).Message.English, StringComparison.Ordinal);
        Assert.Contains("at most 64", Fail(string.Join(' ', Enumerable.Repeat("uid:1", 65))).Message.English, StringComparison.Ordinal);
        Assert.Contains("at most 256", Fail("port:" + string.Join(',', Enumerable.Repeat("1", 257))).Message.English, StringComparison.Ordinal);
        FilterWords.Parse("estab" + new string(' ', 995));
        FilterWords.Parse(string.Join(' ', Enumerable.Range(1, 64).Select(uid => $"!uid:{uid}")));
        FilterWords.Parse("port:" + string.Join(',', Enumerable.Range(0, 256).Select(port => port % 10)));
    }

    [Fact]
    public void A_filter_whose_canonical_form_is_too_long_is_refused()
    {
        string text = (string.Join(' ', Enumerable.Range(10, 60).Select(i => $"dst:{i}.1.1.1")) + " netns:").PadRight(SocketFilter.MaxCharacters, 'a');
        Assert.Contains("too long", Fail(text).Message.English, StringComparison.Ordinal);
    }

    private static FilterError Fail(string text)
    {
        Assert.False(SocketFilter.TryParse(text, out _, out var error), text);
        return error;
    }
}
