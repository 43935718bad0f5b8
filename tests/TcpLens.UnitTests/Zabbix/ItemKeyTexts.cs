using TcpLens.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>Item keys as text and back.</summary>
public sealed class ItemKeyTexts
{
    [Theory]
    [InlineData("agent.ping", "agent.ping")]
    [InlineData("key[]", "key[]")]
    [InlineData("key[a, b,]", "key[a,b,]")]
    [InlineData("key[\"a,b\",\"c]\",\"say \\\"hi\\\"\"]", "key[\"a,b\",\"c]\",say \"hi\"]")]
    [InlineData("key[[a,b],c]", "key[\"a,b\",c]")]
    [InlineData("key[\"[a\"]", "key[\"[a\"]")]
    [InlineData("key[a[b]", "key[a[b]")]
    public void The_text_of_a_key_parses_to_the_same_key(string text, string canonical)
    {
        Assert.True(ItemKey.TryParse(text, out var key));
        Assert.Equal(canonical, key.ToText());
        Assert.True(ItemKey.TryParse(canonical, out var again));
        Assert.Equal(key, again);
    }

    [Theory]
    [InlineData("key[[a,b],c]", "a,b", "c")]
    [InlineData("key[ [::1] ,c]", "::1", "c")]
    public void An_array_is_the_text_between_its_brackets(string text, string first, string second)
    {
        Assert.True(ItemKey.TryParse(text, out var key));
        Assert.Equal([first, second], key.Parameters);
    }

    [Theory]
    [InlineData("key[[a]")]
    [InlineData("key[[a]b]")]
    [InlineData("key[a]b]")]
    [InlineData("key[a")]
    [InlineData("[a]")]
    [InlineData("")]
    public void What_is_no_key_is_refused(string text) => Assert.False(ItemKey.TryParse(text, out _));

    [Fact]
    public void A_parameter_that_no_quotes_can_hold_has_no_text()
    {
        Assert.Null(new ItemKey("key", ["a,\\"]).ToText());
        Assert.Null(new ItemKey("ke y", []).ToText());
        Assert.Equal("key[a\\]", new ItemKey("key", ["a\\"]).ToText());
    }
}
