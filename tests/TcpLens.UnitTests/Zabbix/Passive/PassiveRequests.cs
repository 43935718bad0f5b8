using System.Text;
using TcpLens.Zabbix;
using TcpLens.Zabbix.Passive;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Passive;

public sealed class PassiveRequests
{
    [Theory]
    [InlineData("agent.ping", "agent.ping")]
    [InlineData("agent.ping\r\n", "agent.ping")]
    [InlineData("agent.ping\n\n", "agent.ping")]
    [InlineData(" agent.ping", " agent.ping")]
    [InlineData("", "")]
    [InlineData("{", "{")]
    [InlineData("{\"request\":\"passive checks\"", "{\"request\":\"passive checks\"")]
    [InlineData("{} {}", "{} {}")]
    [InlineData("[]", "[]")]
    public void What_is_no_JSON_object_is_a_key(string text, string key)
    {
        var request = Parse(text);
        Assert.False(request.IsJson);
        Assert.Null(request.Problem);
        Assert.Equal([new PassiveCheck(key, null)], request.Checks);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("\"3s\"", 3)]
    [InlineData("\"3\"", 3)]
    [InlineData("\"1m\"", 60)]
    [InlineData("600", 600)]
    [InlineData("\"10m\"", 600)]
    public void The_timeout_is_a_number_or_a_text(string timeout, int seconds) =>
        Assert.Equal([new PassiveCheck("k", TimeSpan.FromSeconds(seconds))], Parse(Json($$"""{"key":"k","timeout":{{timeout}}}""")).Checks);

    [Theory]
    [InlineData("0")]
    [InlineData("601")]
    [InlineData("-1")]
    [InlineData("3.5")]
    [InlineData("3e0")]
    [InlineData("99999999999999999999")]
    [InlineData("\"\"")]
    [InlineData("\"s\"")]
    [InlineData("\"3 s\"")]
    [InlineData("\"2147483647w\"")]
    [InlineData("null")]
    [InlineData("[3]")]
    public void A_timeout_that_no_server_can_mean_makes_the_item_not_supported(string timeout) =>
        Assert.Equal("Unsupported timeout value.", Assert.Single(Parse(Json($$"""{"key":"k","timeout":{{timeout}}},{"key":"k"}""")).Checks, check => check.Problem is not null).Problem);

    [Fact]
    public void Several_keys_keep_their_order()
    {
        var request = Parse("\n " + Json("""{"key":"a","timeout":3},{"timeout":"5s","key":"b[\"\u00e9\ud83d\ude00\"]","more":{}},{"key":"c"}""") + "\n");
        Assert.True(request.IsJson);
        Assert.Equal([new("a", TimeSpan.FromSeconds(3)), new("b[\"é😀\"]", TimeSpan.FromSeconds(5)), new("c", null)], request.Checks);
    }

    [Theory]
    [InlineData("{}", "cannot find the \"request\" object in the received JSON object: cannot find pair with name \"request\"")]
    [InlineData("{\"request\":\"x\"}", "unknown request \"x\"")]
    [InlineData("{\"request\":7}", "unknown request \"7\"")]
    [InlineData("{\"request\":\"passive checks\"}", "cannot find the \"data\" array in the received JSON object: cannot find pair with name \"data\"")]
    [InlineData("{\"request\":\"passive checks\",\"data\":[]}", "received empty \"data\" tag")]
    [InlineData("{\"request\":\"passive checks\",\"data\":{}}", "received empty \"data\" tag")]
    [InlineData("{\"request\":\"passive checks\",\"data\":[{\"timeout\":3}]}", "cannot find the \"key\" object in the received JSON object: cannot find pair with name \"key\"")]
    [InlineData("{\"request\":\"passive checks\",\"data\":[\"agent.ping\"]}", "cannot open JSON object or array in \"data\"")]
    [InlineData("{\"request\":\"passive checks\",\"data\":[{\"key\":\"\\ud800\"}]}", "the received JSON object is not valid UTF-8")]
    public void A_request_that_cannot_be_answered_says_why(string text, string problem)
    {
        var request = Parse(text);
        Assert.True(request.IsJson);
        Assert.Empty(request.Checks);
        Assert.Equal(problem, request.Problem);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_survived()
    {
        Assert.Equal("a\ufffdb", Assert.Single(PassiveRequest.Parse([(byte)'a', 0xff, (byte)'b']).Checks).Key);
        Assert.NotNull(PassiveRequest.Parse([.. "{\"request\":\""u8, 0xff, .. "\"}"u8]).Problem);
    }

    [Fact]
    public void The_number_of_keys_has_a_limit()
    {
        string Many(int count) => Json(string.Join(',', Enumerable.Repeat("{\"key\":\"a\"}", count)));
        Assert.Equal(PassiveRequest.ChecksMaximum, Parse(Many(PassiveRequest.ChecksMaximum)).Checks.Length);
        Assert.Equal("received 101 keys, at most 100 are answered at once", Parse(Many(PassiveRequest.ChecksMaximum + 1)).Problem);
    }

    [Fact]
    public void Answers_look_like_those_of_an_agent()
    {
        Assert.Equal("80", Text(PassiveReply.Plain(AgentAnswer.Value("80"))));
        Assert.Equal("ZBX_NOTSUPPORTED\0Unsupported item key.", Text(PassiveReply.Plain(AgentAnswer.NotSupported("Unsupported item key."))));
        Assert.Equal(
            """{"version":"7.0.0","variant":1,"data":[{"value":"é <\"> 😀"},{"error":"no\nsuch item"},{"value":""}]}""",
            Text(PassiveReply.Json("7.0.0", 1, [AgentAnswer.Value("é <\"> 😀"), AgentAnswer.NotSupported("no\nsuch item"), AgentAnswer.Value("")])).Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal));
        Assert.Equal("""{"version":"7.0.0","variant":2,"error":"received empty \"data\" tag"}""", Text(PassiveReply.JsonFailure("7.0.0", 2, "received empty \"data\" tag")));
    }

    [Fact]
    public void A_value_that_is_no_text_is_answered_all_the_same() =>
        Assert.Equal("""{"version":"7.0.0","variant":1,"data":[{"value":"a�b"}]}""", Text(PassiveReply.Json("7.0.0", 1, [AgentAnswer.Value("a\ud800b")])).Replace("\\uFFFD", "\ufffd", StringComparison.Ordinal));

    private static string Json(string data) => $$"""{"request":"passive checks","data":[{{data}}]}""";

    private static PassiveRequest Parse(string text) => PassiveRequest.Parse(Encoding.UTF8.GetBytes(text));

    private static string Text(byte[] reply) => Encoding.UTF8.GetString(reply);
}
