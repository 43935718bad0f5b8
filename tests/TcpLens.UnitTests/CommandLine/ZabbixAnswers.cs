using TcpLens.Core.Model;
using TcpLens.Outputs.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.CommandLine;

/// <summary><c>tcplens zabbix get</c>: the number alone, or a clear refusal; never anything on standard error, which some agents mix in.</summary>
[Collection(CommandRun.Collection)]
public sealed class ZabbixAnswers
{
    public static TheoryData<string> Keys => [.. RecipeKeys.All];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_answers_its_number_alone(string key)
    {
        Assert.True(TcpStates.TryParse(key, out var info));
        long expected = SampleReadings.Rich.Whole!.Counts[info.State]!.Value.Total;
        Assert.Equal($"{expected}\n", CommandRun.Of(new FakeKernel { Readings = [SampleReadings.Rich] }, "zabbix", "get", key).Good());
        Assert.Equal("0\n", CommandRun.Of(new FakeKernel { Readings = [SampleReadings.Empty] }, "zabbix", "get", key).Good());
    }

    [Fact]
    public void Close_is_0_where_the_kernel_cannot_tell_it() =>
        Assert.Equal("0\n", CommandRun.Of(new FakeKernel { Readings = [SampleReadings.CloseUnseen] }, "zabbix", "get", "CLOSE").Good());

    [Fact]
    public void An_interrupted_reading_is_still_a_number() =>
        Assert.Equal("30\n", CommandRun.Of(new FakeKernel { Readings = [SampleReadings.Interrupted] }, "zabbix", "get", "LISTEN").Good());

    [Theory]
    [InlineData("TIME_WAITS", "Unknown key TIME_WAITS, did you mean TIME_WAIT?")]
    [InlineData("time_wait", "Unknown key time_wait, did you mean TIME_WAIT?")]
    [InlineData("banana", "Unknown key banana; known: LISTEN SYN_SENT SYN_RECV ESTABLISHED FIN_WAIT1 FIN_WAIT2 CLOSING TIME_WAIT CLOSE_WAIT LAST_ACK CLOSE tcplens.states tcplens.state tcplens.findings tcplens.ports.discovery tcplens.netns.discovery tcplens.services")]
    [InlineData("TIME_WAIT[", "Invalid item key format.")]
    [InlineData("TIME_WAIT[1]", "Invalid number of parameters.")]
    public void A_wrong_key_is_not_supported(string key, string reason) => AssertNotSupported(new FakeKernel { Readings = [SampleReadings.Rich] }, key, reason);

    [Fact]
    public void A_kernel_that_cannot_be_read_is_not_supported() =>
        AssertNotSupported(new FakeKernel { Failure = BadInput.NoNetlink }, "LISTEN", BadInput.NoNetlink.Message);

    [Fact]
    public void A_part_of_the_sockets_is_no_number() => AssertNotSupported(new FakeKernel { Readings = [SampleReadings.Partial] }, "LISTEN", "IPv6 is missing");

    [Fact]
    public void A_namespace_that_cannot_be_read_is_not_supported() =>
        AssertNotSupported(new FakeKernel { Readings = [SampleReadings.Unreadable] }, "LISTEN", SampleReadings.Unreadable.Namespaces[0].Failure!.Value.English);

    [Fact]
    public void Without_a_monitor_no_rule_is_judged() =>
        Assert.StartsWith("{\"judged\":0,\"remark\":\"no resident monitor", CommandRun.Of(new FakeKernel(), "zabbix", "get", "tcplens.findings").Good(), StringComparison.Ordinal);

    private static void AssertNotSupported(FakeKernel kernel, string key, string reason)
    {
        var run = CommandRun.Of(kernel, "zabbix", "get", key, "--lang", "zh");
        Assert.Equal(new CommandRun(1, $"ZBX_NOTSUPPORTED\0{reason}\n", ""), run);
    }
}
