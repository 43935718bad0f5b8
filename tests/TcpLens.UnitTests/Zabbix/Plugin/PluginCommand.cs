using TcpLens.CommandLine;
using TcpLens.Commands;
using TcpLens.Core.Readings;
using TcpLens.Outputs.Zabbix;
using TcpLens.UnitTests.CommandLine;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Plugin;

/// <summary><c>tcplens zabbix plugin</c>: the program as a plugin of agent 2.</summary>
[Collection(CommandRun.Collection)]
public sealed class PluginCommand : IDisposable
{
    private static readonly FakeKernel s_kernel = new()
    {
        Detailed = SampleDetails.WebServer,
        Sockets = [new ListedSocket("own", SampleDetails.Listener("0.0.0.0", 443, 0, 128))],
    };

    private readonly FakeAgent _agent = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_has_every_key_with_a_sentence_that_the_agent_takes()
    {
        var session = Serve(s_kernel);
        _agent.Send("""{"id":1,"type":2,"version":"6.4.0"}""");
        var answer = _agent.Receive();
        Assert.Equal("TcpLens", answer.GetProperty("name").GetString());
        string[] metrics = [.. answer.GetProperty("metrics").EnumerateArray().Select(one => one.GetString()!)];
        Assert.Equal(KeyNames.All.Order(StringComparer.Ordinal), metrics.Where((_, index) => index % 2 == 0).Order(StringComparer.Ordinal));
        Assert.All(metrics.Where((_, index) => index % 2 == 1), sentence => Assert.Matches("^[A-Z].*[.]$", sentence));
        _agent.Send("""{"id":0,"type":5}""");
        await session;
    }

    [Theory]
    [InlineData("""{"key":"TIME_WAIT"}""", "value", "40")]
    [InlineData("""{"key":"tcplens.state","parameters":["listen","443"]}""", "value", "1")]
    [InlineData("""{"key":"tcplens.state","parameters":["nosuch"]}""", "error", "Parameter 1 (state) is not understood: nosuch")]
    [InlineData("""{"key":"net.tcp.socket.count"}""", "error", "Unknown key net.tcp.socket.count; known: ")]
    [InlineData("""{"key":"agent.ping"}""", "error", "Unknown key agent.ping")]
    public async Task Keys_are_answered_as_on_the_command_line(string question, string kind, string expected)
    {
        var session = Serve(s_kernel);
        _agent.Send($$"""{"id":1,"type":6,{{question[1..]}}""");
        Assert.StartsWith(expected, _agent.Receive().GetProperty(kind).GetString(), StringComparison.Ordinal);
        _agent.Close();
        await session;
    }

    [Fact]
    public async Task What_ends_the_session_is_said_in_the_agents_log_and_thrown_at_nobody()
    {
        var session = Serve(s_kernel);
        _agent.SendBytes(FakeAgent.Head(77, 1));
        var log = _agent.Receive();
        Assert.Equal((1, 2), (log.GetProperty("type").GetInt32(), log.GetProperty("severity").GetInt32()));
        Assert.Equal("tcplens: a message of kind 77 came, only kind 1 is known", log.GetProperty("message").GetString());
        await session;
    }

    [Fact]
    public async Task A_kernel_that_breaks_is_an_error_of_its_key()
    {
        var session = Serve(new FakeKernel { Failure = new InvalidOperationException("a bug") });
        _agent.Send("""{"id":1,"type":6,"key":"TIME_WAIT","timeout":3}""");
        Assert.Equal("TIME_WAIT failed: a bug", _agent.Receive().GetProperty("error").GetString());
        _agent.Close();
        await session;
    }

    [Fact]
    public void Started_by_a_person_it_says_who_starts_it()
    {
        Assert.Contains("'maybe'", CommandRun.Of(s_kernel, "zabbix", "plugin", "/tmp/socket", "maybe").Refused(), StringComparison.Ordinal);
        CommandRun.Of(s_kernel, "zabbix", "plugin", "/tmp/socket").Refused();
        CommandRun.Of(s_kernel, "zabbix", "plugin").Refused();
    }

    [Theory]
    [InlineData("zabbix", "plugin", "relative", "true")]
    [InlineData("/tmp/socket", "maybe")]
    [InlineData("/tmp/socket")]
    [InlineData("zabbix", "get", "TIME_WAIT")]
    public void Any_other_command_line_is_left_to_the_command_tree(params string[] arguments) =>
        Assert.Null(ZabbixPluginCommand.TryServeAtOnce(arguments, Around(s_kernel)));

    public void Dispose() => _agent.Dispose();

    private static Surroundings Around(FakeKernel kernel) => new()
    {
        Output = Stream.Null,
        Error = Stream.Null,
        IsTerminal = false,
        Environment = _ => null,
        Clock = TimeProvider.System,
        Kernel = kernel,
    };

    private Task Serve(FakeKernel kernel) => ZabbixPluginCommand.ServeAsync(_agent.Plugin, Around(kernel), Cancel);
}
