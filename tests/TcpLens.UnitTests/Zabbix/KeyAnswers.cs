using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Outputs.Zabbix;
using TcpLens.TestKit;
using TcpLens.UnitTests.CommandLine;
using Xunit;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>The keys of TcpLens through <c>tcplens zabbix get</c>.</summary>
[Collection(CommandRun.Collection)]
public sealed class KeyAnswers
{
    private static readonly FakeKernel s_sockets = new()
    {
        Sockets =
        [
            .. Enumerable.Range(1, 4).Select(i => new ListedSocket("own", SampleDetails.Socket(TcpState.Established, "192.0.2.1", 443, "198.51.100.1", 50_000 + i))),
            new ListedSocket("own", SampleDetails.Socket(TcpState.CloseWait, "192.0.2.1", 443, "198.51.100.1", 51_000)),
        ],
    };

    [Theory]
    [InlineData("tcplens.state[established,443]", "4\n")]
    [InlineData("tcplens.state[close_wait,,,198.51.100.0/24,,]", "1\n")]
    [InlineData("tcplens.state[,,,,,]", "5\n")]
    [InlineData("tcplens.state[listen]", "0\n")]
    public void A_count_is_the_number_alone(string key, string answer) => Assert.Equal(answer, CommandRun.Of(s_sockets, "zabbix", "get", key).Good());

    [Fact]
    public void The_master_key_is_one_line_of_JSON()
    {
        string answer = CommandRun.Of(new FakeKernel { Detailed = SampleDetails.WebServer }, "zabbix", "get", "tcplens.states").Good();
        Assert.StartsWith("{\"version\":", answer, StringComparison.Ordinal);
        Assert.Equal(answer.Length - 1, answer.IndexOf('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tcplens.states[1]", "Invalid number of parameters.")]
    [InlineData("tcplens.state[nosuch]", "Parameter 1 (state) is not understood: nosuch")]
    [InlineData("tcplens.stats", "Unknown key tcplens.stats, did you mean tcplens.states?")]
    public void A_wrong_key_is_not_supported(string key, string reason) => AssertNotSupported(s_sockets, key, reason);

    [Theory]
    [InlineData("tcplens.states")]
    [InlineData("tcplens.ports.discovery")]
    [InlineData("tcplens.state[established]")]
    public void A_part_of_the_sockets_is_no_answer(string key)
    {
        var reason = new Phrase("IPv6 is missing", "缺少 IPv6");
        var states = SampleDetails.WebServer.States with { Completeness = Completeness.Partial, CompletenessReason = reason };
        var kernel = new FakeKernel
        {
            Detailed = SampleDetails.WebServer with { States = states },
            Sockets = s_sockets.Sockets,
            Pass = new Pass { Completeness = Completeness.Partial, Reason = reason },
        };
        AssertNotSupported(kernel, key, "IPv6 is missing");
    }

    [Theory]
    [InlineData("tcplens.states")]
    [InlineData("tcplens.netns.discovery")]
    [InlineData("tcplens.state[established]")]
    public void A_kernel_that_cannot_be_read_is_not_supported(string key) =>
        AssertNotSupported(new FakeKernel { Failure = BadInput.NoNetlink }, key, BadInput.NoNetlink.Message);

    [Fact]
    public void CLOSE_that_cannot_be_seen_is_no_0() =>
        AssertNotSupported(
            new FakeKernel { Sockets = s_sockets.Sockets, Pass = new Pass { CloseUnseen = new Phrase("before Linux 6.8", "早于 Linux 6.8") } },
            "tcplens.state[close]", "before Linux 6.8");

    [Fact]
    public void The_lines_for_the_agent_read_as_committed()
    {
        Golden.Match("userparameters.en", UserParameters.Render("/usr/bin/tcplens", Language.English));
        Golden.Match("userparameters.zh", UserParameters.Render("/usr/bin/tcplens", Language.Chinese));
    }

    private static void AssertNotSupported(FakeKernel kernel, string key, string reason) =>
        Assert.Equal(new CommandRun(1, $"ZBX_NOTSUPPORTED\0{reason}\n", ""), CommandRun.Of(kernel, "zabbix", "get", key));
}
