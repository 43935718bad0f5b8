using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TcpLens.Zabbix.Plugin;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Plugin;

/// <summary>A loadable plugin of agent 2, talked to as the agents of 6.0 and 7.0 were seen to talk.</summary>
public sealed class PluginSessions : IDisposable
{
    private readonly FakeAgent _agent = new();
    private readonly FakeItems _items = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly List<IReadOnlyDictionary<string, string>> _options = [];
    private readonly Task<PluginEnd> _session;

    public PluginSessions()
    {
        var description = new PluginDescription("Lens", [new("one", "The first."), new("two", "The second.")], ["Socket"], _options.Add);
        _session = PluginSession.RunAsync(_agent.Plugin, _items, description, _clock, Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("6.0.13")]
    [InlineData("6.4.0")]
    [InlineData("9.9")]
    public async Task It_tells_what_it_is_whatever_version_asks(string version)
    {
        _agent.Send($$"""{"id":7,"type":2,"version":"{{version}}"}""");
        AssertJson("""{"id":7,"type":3,"name":"Lens","metrics":["one","The first.","two","The second."],"interfaces":3}""", _agent.Receive());
        _agent.Send("""{"id":0,"type":5}""");
        Assert.Equal(PluginEnd.Terminated, await _session);
    }

    [Fact]
    public void Values_are_text_and_errors_are_errors()
    {
        AssertJson("""{"id":1,"type":7,"value":"value of one"}""", Ask("""{"id":1,"type":6,"key":"one"}"""));
        AssertJson("""{"id":2,"type":7,"value":"value of one[a,,\"b,c\"]"}""", Ask("""{"id":2,"type":6,"key":"one","parameters":["a","","b,c"],"timeout":3}"""));
        AssertJson("""{"id":3,"type":7,"error":"no such thing"}""", Ask("""{"id":3,"type":6,"key":"unsupported","timeout":3}"""));
        AssertJson("""{"id":4,"type":7,"error":"throw failed: out of order"}""", Ask("""{"id":4,"type":6,"key":"throw"}"""));
        AssertJson("""{"id":5,"type":7,"error":"Invalid item key format."}""", Ask("""{"id":5,"type":6,"key":"one","parameters":["a,\\"]}"""));
        AssertJson("""{"id":6,"type":7,"error":"Invalid item key format."}""", Ask("""{"id":6,"type":6}"""));
    }

    [Fact]
    public void A_slow_key_delays_no_other()
    {
        _agent.Send("""{"id":1,"type":6,"key":"wait"}""");
        _agent.Send("""{"id":2,"type":6,"key":"block"}""");
        AssertJson("""{"id":3,"type":7,"value":"value of one"}""", Ask("""{"id":3,"type":6,"key":"one"}"""));
        _items.Wait.SetResult();
        AssertJson("""{"id":1,"type":7,"value":"value of wait"}""", _agent.Receive());
        _items.Block.Set();
        AssertJson("""{"id":2,"type":7,"value":"value of block"}""", _agent.Receive());
    }

    [Fact]
    public async Task A_key_that_hangs_is_an_error_in_the_time_that_the_agent_gives()
    {
        _agent.Send("""{"id":1,"type":6,"key":"hang","timeout":3}""");
        _agent.Send("""{"id":2,"type":6,"key":"hang"}""");
        AssertJson("""{"id":3,"type":7,"value":"value of one"}""", Ask("""{"id":3,"type":6,"key":"one"}"""));
        AssertJson("""{"id":1,"type":7,"error":"no value within 3 s"}""", await AfterAsync(TimeSpan.FromSeconds(3)));
        AssertJson("""{"id":2,"type":7,"error":"no value within 30 s"}""", await AfterAsync(TimeSpan.FromSeconds(27)));
    }

    [Fact]
    public async Task Keys_that_hang_for_ever_are_limited()
    {
        for (int i = 1; i <= PluginSession.ExportsMaximum; i++)
            _agent.Send($$"""{"id":{{i}},"type":6,"key":"hang","timeout":1}""");
        for (int i = 0; i < PluginSession.ExportsMaximum; i++)
            Assert.Equal("no value within 1 s", (await AfterAsync(TimeSpan.FromSeconds(1))).GetProperty("error").GetString());
        AssertJson("""{"id":5000,"type":7,"error":"more than 1000 keys wait for their values already"}""", Ask("""{"id":5000,"type":6,"key":"one"}"""));
    }

    [Fact]
    public void Options_are_decoded_and_unknown_ones_named()
    {
        string tree = $$"""
            {"Name":"Lens","Line":1,"Nodes":[
              {"Name":"System","Nodes":[{"Name":"Path","Nodes":[{"Value":"{{Base64("/usr/bin/tcplens")}}","Line":1}]}]},
              {"Name":"Socket","Nodes":[{"Value":"{{Base64("/run/first")}}","Line":2},{"Value":"{{Base64("/run/二")}}","Line":3}],"Line":2}]}
            """;
        AssertJson("""{"id":1,"type":10}""", Ask($$"""{"id":1,"type":9,"private_options":{{tree}}}"""));
        _agent.Send($$"""{"id":2,"type":8,"global_options":{"Timeout":3,"SourceIP":""},"private_options":{{tree}}}""");
        Ask("""{"id":3,"type":6,"key":"one"}""");
        Assert.Equal("/run/二", Assert.Single(_options)["Socket"]);

        tree = tree.Replace("\"Socket\"", "\"Sokcet\"", StringComparison.Ordinal);
        AssertJson("""{"id":4,"type":10,"error":"unknown option of Lens: Sokcet (known: Socket)"}""", Ask($$"""{"id":4,"type":9,"private_options":{{tree}}}"""));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"QQ==\"")]
    [InlineData("""{"Nodes":[1,null,{"Name":1},{"Value":1},{"Name":"Socket","Nodes":[{"Value":"%%%"}]},{"Name":"Socket"}]}""")]
    public void Options_of_another_form_are_none(string options)
    {
        AssertJson("""{"id":1,"type":10}""", Ask($$"""{"id":1,"type":9,"private_options":{{options}}}"""));
        _agent.Send($$"""{"id":2,"type":8,"private_options":{{options}}}""");
        Ask("""{"id":3,"type":6,"key":"one"}""");
        Assert.Empty(Assert.Single(_options));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":-1,"type":6}""")]
    [InlineData("""{"id":1,"type":6,"key":"\ud800"}""")]
    public void What_is_not_understood_is_said_and_passed_over(string message)
    {
        _agent.Send(message);
        AssertJson($$"""{"id":0,"type":1,"severity":3,"message":"a message of {{message.Length}} bytes was not understood"}""", _agent.Receive());
        AssertJson("""{"id":3,"type":7,"value":"value of one"}""", Ask("""{"id":3,"type":6,"key":"one"}"""));
    }

    [Fact]
    public void Kinds_of_messages_to_come_are_passed_over()
    {
        _agent.Send("""{"id":1,"type":4}""");
        _agent.Send("""{"id":2,"type":11}""");
        _agent.Send("""{"id":3,"type":4000000000,"new":{}}""");
        AssertJson("""{"id":4,"type":7,"value":"value of one"}""", Ask("""{"id":4,"type":6,"key":"one"}"""));
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_it()
    {
        _agent.Send("""{"id":1,"type":6,"key":"hang"}""");
        _agent.Close();
        Assert.Equal(PluginEnd.Closed, await _session);
    }

    [Fact]
    public async Task A_message_that_is_too_long_ends_it_before_a_byte_of_it_is_kept()
    {
        _agent.SendBytes(FakeAgent.Head(1, uint.MaxValue));
        Assert.Equal(PluginFault.TooLong, (await Assert.ThrowsAsync<PluginException>(() => _session)).Fault);
    }

    [Fact]
    public async Task An_unknown_kind_ends_it()
    {
        _agent.SendBytes(FakeAgent.Head(2, 2));
        Assert.Equal(PluginFault.UnknownKind, (await Assert.ThrowsAsync<PluginException>(() => _session)).Fault);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(10)]
    public async Task A_message_that_is_cut_off_ends_it(int length)
    {
        _agent.SendBytes(PluginFrame.ToBytes("""{"id":1}"""u8).AsSpan(0, length));
        _agent.Close();
        Assert.Equal(PluginFault.Truncated, (await Assert.ThrowsAsync<PluginException>(() => _session)).Fault);
    }

    [Fact]
    public void A_message_that_comes_byte_by_byte_is_read()
    {
        byte[] padded = PluginFrame.ToBytes(Encoding.UTF8.GetBytes($$"""{"id":1,"type":6,"key":"one","pad":"{{new string('x', 10_000)}}"}"""));
        foreach (byte one in padded)
            _agent.SendBytes([one]);
        AssertJson("""{"id":1,"type":7,"value":"value of one"}""", _agent.Receive());
    }

    public void Dispose()
    {
        _agent.Dispose();
        _items.Dispose();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void AssertJson(string expected, JsonElement actual)
    {
        using var document = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(document.RootElement, actual), $"expected {expected}\nactual   {actual.GetRawText()}");
    }

    private JsonElement Ask(string message)
    {
        _agent.Send(message);
        return _agent.Receive();
    }

    // The clock goes on only once the session waits for it; until then it is advanced again.
    private async Task<JsonElement> AfterAsync(TimeSpan time)
    {
        var answer = Task.Run(_agent.Receive, Cancel);
        _clock.Advance(time);
        while (!answer.IsCompleted)
        {
            await Task.WhenAny(answer, Task.Delay(20, Cancel));
            if (!answer.IsCompleted)
                _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        return await answer;
    }
}
