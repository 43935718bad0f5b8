using TcpLens.UnitTests.Zabbix.Buffer;
using TcpLens.Zabbix;
using TcpLens.Zabbix.Sender;
using TcpLens.Zabbix.Transport;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Sender;

public sealed class Pushers : IItemSource
{
    private int _collected;

    public ValueTask<AgentAnswer> AnswerAsync(string key, CancellationToken cancel) =>
        ValueTask.FromResult(key == "one" ? AgentAnswer.Value(Interlocked.Increment(ref _collected).ToString()) : AgentAnswer.NotSupported("There is no such item."));

    [Fact]
    public async Task Values_are_pushed_at_their_interval_and_arrive_at_least_once_in_order()
    {
        using var box = new BufferBox();
        using var buffer = box.Open();
        using var server = new FakeServer();
        int requests = 0;
        server.LosesAnswer = _ => Interlocked.Increment(ref requests) == 2;
        var settings = new PusherSettings("web1", server.Cluster, ["one", "wrong"], TimeSpan.FromSeconds(10));
        await using var pusher = ValuePusher.Start(settings, this, buffer, PlainTransport.Instance, box.Clock, box);
        await Until.True(() => server.Stored.Length >= 5, () => $"{pusher.Status}", () => box.Clock.Advance(TimeSpan.FromMilliseconds(500)));
        Assert.Equal(["1", "2", "2", "3", "4"], server.Stored.Take(5).Select(value => value.Text), StringComparer.Ordinal);
        // The copy says by its clock that it is one.
        Assert.Equal(server.Stored[1] with { }, server.Stored[2]);
        Assert.All(server.Stored, value => Assert.Equal(0, value.Clock % 10));
        Assert.Single(box.Logged, line => line == "Warning: no value for wrong: There is no such item.");
    }
}
