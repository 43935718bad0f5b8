using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TcpLens.CommandLine;
using TcpLens.Commands;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Items;
using TcpLens.Outputs.Zabbix;
using TcpLens.UnitTests.CommandLine;
using TcpLens.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Items;

/// <summary>Many keys asked in one second cost one reading of the kernel, and one pass for counts.</summary>
public sealed class OneReadingForAll : IDisposable
{
    private static readonly FakeKernel s_fake = new()
    {
        Detailed = SampleDetails.WebServer,
        Namespaces = new NamespaceSurvey { Namespaces = [new NetworkNamespace { Inode = 1, Name = "host", Kind = NamespaceKind.Host, IsOwn = true }] },
        Sockets =
        [
            .. Enumerable.Range(1, 30).Select(i => new ListedSocket("own", SampleDetails.Socket(TcpState.Established, "192.0.2.1", 443, $"198.51.100.{i}", 50_000 + i))),
            new ListedSocket("own", SampleDetails.Socket(TcpState.CloseWait, "192.0.2.1", 443, "198.51.100.1", 51_000)),
            new ListedSocket("own", SampleDetails.Listener("0.0.0.0", 443, 0, 128)),
        ],
    };

    private static readonly AgentIdentity s_identity = new("7.0.22", "web1", "linux web");

    private readonly CountedKernel _kernel = new(s_fake);
    private readonly FakeTimeProvider _clock = new();
    private readonly ItemKeys _items;

    public OneReadingForAll() => _items = new ItemKeys(_kernel, _clock, s_identity);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_keys_of_one_second_are_one_reading_and_one_pass()
    {
        string[] keys =
        [
            .. RecipeKeys.All, "tcplens.states", "tcplens.ports.discovery", "tcplens.state[established]", "tcplens.state[,443]", "tcplens.state[,,192.0.2.0/24]",
            "tcplens.state[close_wait,443]", "net.tcp.socket.count[,443]", "net.tcp.socket.count[,,198.51.100.1,,close_wait]", "net.tcp.socket.count",
        ];
        await Task.WhenAll(keys.Select(AskAsync));
        int readings = _items.Readings, passes = _items.Passes;
        _clock.Advance(TimeSpan.FromSeconds(1));

        string[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => AskAsync(keys[i % keys.Length])));

        Assert.Equal((readings + 1, passes + 1), (_items.Readings, _items.Passes));
        Assert.Equal((_items.Readings, _items.Passes, 0), (_kernel.Detailed, _kernel.Streams, _kernel.Others));
        Assert.False(_kernel.WasAskedSideBySide);
        Assert.Equal("32", answers[Array.IndexOf(keys, "tcplens.state[,443]")]);
        Assert.Equal("1", answers[Array.IndexOf(keys, "tcplens.state[close_wait,443]")]);
        Assert.Equal("32", answers[Array.IndexOf(keys, "net.tcp.socket.count")]);
        Assert.Equal(ZabbixKeys.Answer("tcplens.states", s_fake, isRead: true).Text, answers[Array.IndexOf(keys, "tcplens.states")]);
    }

    [Fact]
    public async Task A_reading_serves_its_second_and_no_longer()
    {
        await AskAsync("TIME_WAIT");
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        await AskAsync("LISTEN");
        Assert.Equal(1, _items.Readings);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await AskAsync("LISTEN");
        Assert.Equal(2, _items.Readings);
    }

    [Fact]
    public async Task Whoever_asks_while_the_kernel_is_slow_waits_for_the_same_reading()
    {
        _kernel.Gate.Reset();
        var asked = RecipeKeys.All.Concat(["tcplens.state[,443]", "net.tcp.socket.count[,443]"]).Select(key => AskAsync(key)).ToList();
        await UntilAsync(() => _kernel.Begun > 0);
        _clock.Advance(TimeSpan.FromSeconds(30));
        asked.Add(AskAsync("TIME_WAIT"));
        Assert.DoesNotContain(asked, one => one.IsCompleted);
        Assert.Equal("1", await AskAsync("agent.ping"));
        _kernel.Gate.Set();
        await Task.WhenAll(asked);
        Assert.Equal((1, 1), (_items.Readings, _items.Passes));
        Assert.Equal("32", await asked[^2]);
    }

    [Fact]
    public async Task Who_stops_waiting_leaves_the_reading_to_the_others()
    {
        _kernel.Gate.Reset();
        using var impatient = new CancellationTokenSource();
        var first = _items.AnswerAsync("TIME_WAIT", impatient.Token).AsTask();
        var other = AskAsync("TIME_WAIT");
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _kernel.Gate.Set();
        Assert.Equal("40", await other);
        Assert.Equal(1, _items.Readings);
    }

    [Fact]
    public async Task A_count_that_was_not_asked_for_ten_minutes_is_counted_no_more()
    {
        await AskAsync("tcplens.state[listen,443]");
        _clock.Advance(TimeSpan.FromMinutes(9));
        await AskAsync("tcplens.state[close_wait,443]");
        Assert.Equal(Mask(TcpState.Listen, TcpState.CloseWait), _kernel.AskedStates);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync("tcplens.state[close_wait,443]");
        Assert.Equal(Mask(TcpState.CloseWait), _kernel.AskedStates);
    }

    [Fact]
    public async Task Of_too_many_counts_the_longest_not_asked_for_is_forgotten()
    {
        await AskAsync("tcplens.state[listen,443]");
        foreach (int port in Enumerable.Range(1, SharedCounts.QueriesMaximum))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await AskAsync($"tcplens.state[close_wait,{port}]");
        }

        Assert.Equal(Mask(TcpState.CloseWait), _kernel.AskedStates);
        _clock.Advance(TimeSpan.FromSeconds(1));
        int passes = _items.Passes;
        foreach (int port in Enumerable.Range(1, SharedCounts.QueriesMaximum))
            Assert.Equal(port == 443 ? "1" : "0", await AskAsync($"tcplens.state[close_wait,{port}]"));
        Assert.Equal(passes + 1, _items.Passes);
    }

    [Fact]
    public async Task More_counts_at_the_same_time_than_are_kept_are_refused_and_said_to_be()
    {
        _kernel.Gate.Reset();
        var reading = AskAsync("TIME_WAIT");
        await UntilAsync(() => _kernel.Begun == 1);
        var counts = Enumerable.Range(1, SharedCounts.QueriesMaximum).Select(port => AskAsync($"tcplens.state[listen,{port}]")).ToArray();
        var tooMuch = await _items.AnswerAsync("tcplens.state[listen,65535]", Cancel);
        Assert.Equal(AgentAnswer.NotSupported($"more than {SharedCounts.QueriesMaximum} different counts are asked for at the same time"), tooMuch);
        _kernel.Gate.Set();
        await Task.WhenAll(counts);
        await reading;
        Assert.Equal(1, _items.Passes);
    }

    [Fact]
    public async Task Questions_about_other_namespaces_cannot_pile_up()
    {
        _kernel.Gate.Reset();
        var waiting = Enumerable.Range(0, KernelWorker.WaitingMaximum).Select(i => AskAsync($"tcplens.state[,,,,,{i}]")).ToArray();
        var tooMuch = await _items.AnswerAsync("tcplens.state[,,,,,x]", Cancel);
        Assert.Equal(AgentAnswer.NotSupported("kernel: 64 questions wait for it already"), tooMuch);
        Assert.Equal(AgentAnswer.NotSupported("kernel: 64 questions wait for it already"), await _items.AnswerAsync("tcplens.state[,443]", Cancel));
        _kernel.Gate.Set();
        await Task.WhenAll(waiting);
        Assert.Equal("32", await AskAsync("tcplens.state[,443]"));
    }

    [Fact]
    public async Task A_count_of_another_namespace_goes_its_own_way()
    {
        await AskAsync("tcplens.state[established,,,,,web]");
        Assert.Equal((0, 1), (_items.Passes, _kernel.Others));
        Assert.Equal("web", s_fake.AskedNetns);
    }

    [Fact]
    public async Task The_namespaces_are_looked_for_once_a_second()
    {
        await Task.WhenAll(AskAsync("tcplens.netns.discovery"), AskAsync("tcplens.netns.discovery"));
        Assert.Equal(1, _kernel.Surveys);
        Assert.Contains("{#NETNS}", await AskAsync("tcplens.netns.discovery"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_that_is_kept_fresh_elsewhere_is_taken()
    {
        IKernel? latest = new ReadKernel(SampleDetails.WebServer);
        using var items = new ItemKeys(_kernel, _clock, s_identity, _ => ValueTask.FromResult<IKernel?>(latest));
        Assert.Equal("40", (await items.AnswerAsync("TIME_WAIT", Cancel)).Text);
        Assert.Equal("32", (await items.AnswerAsync("tcplens.state[,443]", Cancel)).Text);
        Assert.Equal((0, 1), (items.Readings, items.Passes));
        latest = null;
        Assert.Equal("40", (await items.AnswerAsync("TIME_WAIT", Cancel)).Text);
        Assert.Equal(1, items.Readings);
        _clock.Advance(TimeSpan.FromSeconds(1));
        latest = new FakeKernel { Failure = new NotSupportedException("not in the report") };
        Assert.Equal("40", (await items.AnswerAsync("TIME_WAIT", Cancel)).Text);
        Assert.Equal(2, items.Readings);
    }

    [Theory]
    [InlineData("agent.ping", "1")]
    [InlineData("agent.version", "7.0.22")]
    [InlineData("agent.variant", "1")]
    [InlineData("agent.hostname", "web1")]
    [InlineData("agent.hostmetadata", "linux web")]
    [InlineData("net.tcp.socket.count[,,,,close]", "0")]
    public async Task An_agent_has_the_standard_keys(string key, string value)
    {
        Assert.Equal(AgentAnswer.Value(value), await _items.AnswerAsync(key, Cancel));
        using var none = new ItemKeys(_kernel, _clock, identity: null);
        Assert.False((await none.AnswerAsync(key, Cancel)).IsSupported);
        Assert.Equal(0, _kernel.Begun);
    }

    [Theory]
    [InlineData("agent.ping[1]", "Item does not allow parameters.")]
    [InlineData("agent.ping[", "Invalid item key format.")]
    [InlineData("net.tcp.socket.count[,,,,X]", "Invalid fifth parameter.")]
    [InlineData("tcplens.state[nosuch]", "Parameter 1 (state) is not understood: nosuch")]
    [InlineData("tcplens.stats", "Unknown key tcplens.stats, did you mean tcplens.states?")]
    [InlineData("tcplens.netns.discovery[1]", "Invalid number of parameters.")]
    [InlineData("TIME_WAIT[1]", "Invalid number of parameters.")]
    public async Task A_wrong_key_is_not_supported(string key, string reason) =>
        Assert.Equal(AgentAnswer.NotSupported(reason), await _items.AnswerAsync(key, Cancel));

    [Theory]
    [InlineData("TIME_WAIT")]
    [InlineData("tcplens.states")]
    [InlineData("tcplens.state[,443]")]
    [InlineData("net.tcp.socket.count")]
    [InlineData("tcplens.netns.discovery")]
    [InlineData("tcplens.state[,,,,,web]")]
    public async Task A_kernel_that_cannot_be_read_is_not_supported_and_read_again_a_second_later(string key)
    {
        using var items = new ItemKeys(new FakeKernel { Failure = BadInput.NoNetlink }, _clock, s_identity);
        Assert.Equal(AgentAnswer.NotSupported(BadInput.NoNetlink.Message), await items.AnswerAsync(key, Cancel));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AgentAnswer.NotSupported(BadInput.NoNetlink.Message), await items.AnswerAsync(key, Cancel));
    }

    [Fact]
    public async Task A_pass_that_missed_a_part_gives_no_number()
    {
        var pass = new Pass { Completeness = Completeness.Partial, Reason = new Phrase("IPv6 is missing", "缺少 IPv6") };
        using var items = new ItemKeys(new FakeKernel { Sockets = s_fake.Sockets, Pass = pass }, _clock, s_identity);
        Assert.Equal(AgentAnswer.NotSupported("IPv6 is missing"), await items.AnswerAsync("net.tcp.socket.count", Cancel));
    }

    public void Dispose()
    {
        _kernel.Gate.Set();
        _items.Dispose();
        _kernel.Dispose();
    }

    private static StateMask Mask(params ImmutableArray<TcpState> states) => states.Aggregate(default(StateMask), (mask, state) => mask.With(state));

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(1, Cancel);
    }

    private async Task<string> AskAsync(string key) => (await _items.AnswerAsync(key, Cancel)).Text;
}
