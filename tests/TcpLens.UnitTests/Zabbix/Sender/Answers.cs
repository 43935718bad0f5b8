using System.Text;
using TcpLens.Zabbix.Sender;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Sender;

public sealed class Answers
{
    [Fact]
    public void The_numbers_of_the_info_are_read()
    {
        var answer = Parse("""{"response":"success","info":"processed: 2; failed: 1; total: 3; seconds spent: 0.000149"}""");
        Assert.True(answer.IsSuccess);
        Assert.Equal(new ValueCount(2, 1, 3), answer.Count);
        Assert.False(answer.IsUploadPaused);
        Assert.Null(answer.Redirect);
    }

    [Theory]
    [InlineData("""{"response":"success","info":"unknown host 'nobody'"}""", true, "unknown host 'nobody'")]
    [InlineData("""{"response":"failed","info":"host [x] not found"}""", false, "host [x] not found")]
    [InlineData("""{"response":"success"}""", true, "")]
    [InlineData("""{"response":"success","info":"processed: 1; failed: x; total: 1"}""", true, "processed: 1; failed: x; total: 1")]
    public void An_answer_without_numbers_says_that_nothing_was_taken(string text, bool isSuccess, string info)
    {
        var answer = Parse(text);
        Assert.Equal((isSuccess, info, null), (answer.IsSuccess, answer.Info, answer.Count));
    }

    [Fact]
    public void A_redirect_names_an_address_or_resets()
    {
        Assert.Equal(new Redirect(new ZabbixAddress("proxy", 10051), 5), Parse("""{"response":"failed","redirect":{"revision":5,"address":"proxy"}}""").Redirect);
        Assert.Equal(new Redirect(null, 0), Parse("""{"response":"failed","redirect":{"reset":true}}""").Redirect);
        Assert.Null(Parse("""{"response":"failed","redirect":{"revision":5,"address":"a b"}}""").Redirect);
    }

    [Fact]
    public void A_full_proxy_asks_for_a_pause() => Assert.True(Parse("""{"response":"success","upload":"disabled"}""").IsUploadPaused);

    [Theory]
    [InlineData("")]
    [InlineData("ZBX_NOTSUPPORTED")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"response":"success"} x""")]
    [InlineData("""{"response":"\ud800"}""")]
    public void What_is_no_answer_is_refused(string text) => Assert.False(ServerAnswer.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_message_of_a_sender_has_a_clock_for_each_value() =>
        Assert.Equal(
            """{"request":"sender data","data":[{"host":"h","key":"k[a,\u0022b\u0022]","value":"1","clock":5,"ns":6},{"host":"h","key":"l","value":"\u00E9","clock":7,"ns":8}],"clock":1,"ns":500000000}""",
            Encoding.UTF8.GetString(TrapperMessage.ToBytes([new("h", "k[a,\"b\"]", "1", 5, 6), new("h", "l", "é", 7, 8)], DateTimeOffset.UnixEpoch.AddSeconds(1.5))));

    private static ServerAnswer Parse(string text) => ServerAnswer.TryParse(Encoding.UTF8.GetBytes(text), out var answer) ? answer : throw new InvalidOperationException("no answer");
}
