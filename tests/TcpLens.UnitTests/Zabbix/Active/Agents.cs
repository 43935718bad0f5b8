using TcpLens.UnitTests.Zabbix.Buffer;
using TcpLens.UnitTests.Zabbix.Sender;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Active;

/// <summary>Nothing is lost and nothing is stored twice, whatever becomes of server, connection and process.</summary>
public sealed class Agents
{
    [Fact]
    public async Task What_the_server_wants_is_collected_and_stored()
    {
        using var server = new FakeServer();
        await using var box = new AgentBox(server.Cluster);
        await box.Until(() => server.Stored.Length >= 20);
        IsWhole(server, "1");
        Assert.All(server.Stored.Where(value => value.Item == "2"), value => Assert.Equal(("There is no such item.", false), (value.Text, value.IsSupported)));
        var status = box.Agent.Status;
        Assert.Equal((2, true, null, null), (status.Items, status.IsIncremental, status.ListTrouble, status.Delivery.Trouble));
        // News alone are asked for once the list is known, and that every 5 s.
        Assert.Contains("\"config_revision\":7", server.RequestsOf("active checks")[^1], StringComparison.Ordinal);
        await box.Until(() => server.RequestsOf("active check heartbeat").Length == 2);
    }

    [Fact]
    public async Task An_old_server_gets_no_heartbeats_and_is_asked_seldom()
    {
        using var server = new FakeServer { ListAnswer = FakeServer.List.Replace("\"config_revision\":7,", "", StringComparison.Ordinal) };
        await using var box = new AgentBox(server.Cluster);
        await box.Until(() => server.RequestsOf("active checks").Length == 3);
        Assert.True(box.Files.Clock.GetUtcNow() >= new DateTimeOffset(2026, 3, 4, 5, 4, 0, TimeSpan.Zero));
        Assert.Empty(server.RequestsOf("active check heartbeat"));
        Assert.False(box.Agent.Status.IsIncremental);
    }

    [Fact]
    public async Task A_server_that_is_away_gets_everything_later_in_order()
    {
        var first = new FakeServer();
        int port = first.Port;
        await using var box = new AgentBox(first.Cluster);
        await box.Until(() => first.Stored.Length >= 6);
        first.Dispose();
        int before = box.Collected;
        await box.Until(() => box.Collected >= before + 100);
        Assert.True(box.Agent.Status.Delivery.Lane.Waiting >= 150);
        Assert.NotNull(box.Agent.Status.Delivery.Trouble);
        Assert.NotNull(box.Agent.Status.ListTrouble);

        using var second = new FakeServer(port);
        await box.Until(() => second.Stored.Length > 200 && box.Agent.Status.Delivery.Lane.Waiting < 10);
        var all = first.Stored.Concat(second.Stored).Where(value => value.Item == "1").ToArray();
        Assert.Equal(BufferBox.Numbers(1, all.Length), all.Select(value => long.Parse(value.Text)));
        Assert.Null(box.Agent.Status.Delivery.Trouble);
    }

    [Fact]
    public async Task A_lost_answer_makes_the_same_values_come_again_and_be_stored_once()
    {
        int requests = 0;
        using var server = new FakeServer();
        server.LosesAnswer = request => request.Contains("agent data", StringComparison.Ordinal) && Interlocked.Increment(ref requests) % 2 == 1;
        await using var box = new AgentBox(server.Cluster);
        await box.Until(() => server.Stored.Length >= 20 && box.Agent.Status.Delivery.Repeated >= 10);
        IsWhole(server, "1");
        var data = server.RequestsOf("agent data");
        Assert.Contains(data, request => data.Count(other => FirstValue(other) == FirstValue(request)) >= 2);
        Assert.Equal(0, box.Agent.Status.Delivery.Refused);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("""{"response":"failed","info":"the history cache is full"}""")]
    [InlineData("""{"response":"success","info":"unknown host 'web1'"}""")]
    [InlineData("""{"response":"success"}""")]
    public async Task What_was_not_acknowledged_waits(string answer)
    {
        using var server = new FakeServer();
        server.Instead = request => request.Contains("agent data", StringComparison.Ordinal) ? answer : null;
        await using var box = new AgentBox(server.Cluster);
        await box.Until(() => box.Agent.Status.Delivery is { Trouble: not null, Lane.Waiting: > 20 });
        server.Instead = _ => null;
        await box.Until(() => server.Stored.Length >= 30);
        IsWhole(server, "1");
        Assert.Equal(0, box.Agent.Status.Delivery.Refused);
    }

    [Fact]
    public async Task Values_that_the_server_does_not_take_are_counted_and_told_once()
    {
        using var server = new FakeServer { Known = [1] };
        await using var box = new AgentBox(server.Cluster);
        await box.Until(() => box.Agent.Status.Delivery.Refused >= 5);
        IsWhole(server, "1");
        Assert.Single(box.Files.Logged, line => line.Contains("did not take", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_the_server_does_not_know_goes_on_collecting_and_sends_nothing_until_it_is_known()
    {
        using var server = new FakeServer();
        await using var box = new AgentBox(server.Cluster);
        await box.Until(() => server.Stored.Length >= 4);
        server.Instead = request => request.Contains("active checks", StringComparison.Ordinal) ? """{"response":"failed","info":"host [web1] not found"}""" : null;
        await box.Until(() => box.Agent.Status.ListTrouble == "host [web1] not found");
        await box.Until(() => box.Agent.Status.Delivery.Lane.Waiting >= 20);
        int sent = server.RequestsOf("agent data").Length;
        await box.Until(() => box.Agent.Status.Delivery.Lane.Waiting >= 40);
        Assert.Equal(sent, server.RequestsOf("agent data").Length);
        Assert.Single(box.Files.Logged, line => line.Contains("host [web1] not found", StringComparison.Ordinal));
        server.Instead = _ => null;
        await box.Until(() => server.Stored.Length >= 44);
        IsWhole(server, "1");
    }

    [Fact]
    public async Task A_host_that_stays_unknown_is_no_longer_collected_for()
    {
        using var server = new FakeServer();
        await using var box = new AgentBox(server.Cluster);
        await box.Until(() => server.Stored.Length >= 4);
        server.Instead = _ => """{"response":"failed","info":"host [web1] not monitored"}""";
        await box.Until(() => box.Files.Says("nothing is collected for it any more"));
        Assert.Equal(0, box.Agent.Status.Items);
    }

    [Fact]
    public async Task After_a_restart_without_a_server_the_last_list_is_collected_and_all_arrives_once()
    {
        var first = new FakeServer();
        int port = first.Port;
        await using var box = new AgentBox(first.Cluster);
        await box.Until(() => first.Stored.Length >= 6);
        first.Dispose();
        await box.Until(() => box.Agent.Status.Delivery.Lane.Waiting >= 10);
        await box.Restart();
        int before = box.Collected;
        await box.Until(() => box.Collected >= before + 10);
        using var second = new FakeServer(port);
        await box.Until(() => second.Stored.Length > 40);
        var all = first.Stored.Concat(second.Stored).Where(value => value.Item == "1").ToArray();
        Assert.Equal(BufferBox.Numbers(1, all.Length), all.Select(value => long.Parse(value.Text)));
        Assert.True(second.Stored.Select(value => value.Session).Distinct(StringComparer.Ordinal).Count() >= 2);
    }

    [Fact]
    public async Task A_redirect_moves_list_and_values_to_the_proxy()
    {
        using var proxy = new FakeServer();
        using var server = new FakeServer { Instead = _ => $$$"""{"response":"failed","redirect":{"revision":1,"address":"127.0.0.1:{{{proxy.Port}}}"}}""" };
        await using var box = new AgentBox(server.Cluster);
        await box.Until(() => proxy.Stored.Length >= 10);
        IsWhole(proxy, "1");
        Assert.Single(server.Requests);
        Assert.Equal(proxy.Port, box.Agent.Status.Delivery.Address.Port);
    }

    [Fact]
    public async Task A_full_proxy_is_spared_until_it_has_room()
    {
        using var server = new FakeServer();
        server.Instead = request => request.Contains("active checks", StringComparison.Ordinal) ? FakeServer.List.Replace("\"config", "\"upload\":\"disabled\",\"config", StringComparison.Ordinal) : null;
        await using var box = new AgentBox(server.Cluster);
        await box.Until(() => box.Agent.Status.Delivery.Lane.Waiting >= 20);
        Assert.Empty(server.RequestsOf("agent data"));
        server.Instead = _ => null;
        await box.Until(() => server.Stored.Length >= 22);
        IsWhole(server, "1");
    }

    [Fact]
    public async Task Kills_neither_lose_nor_double_what_was_stored()
    {
        using var box = new BufferBox();
        var random = new Random();
        int requests = 0;
        using var server = new FakeServer();
        server.LosesAnswer = request => request.Contains("agent data", StringComparison.Ordinal) && Interlocked.Increment(ref requests) % 3 == 0;
        for (int i = 0; i < 3; i++)
        {
            using var agent = ValueProcess.Start("active", box.File, "web1", server.Cluster.ToString());
            int before = server.Stored.Length;
            await Sender.Until.True(() => server.Stored.Length >= before + 4);
            await Task.Delay(random.Next(300), TestContext.Current.CancellationToken);
            await agent.Kill();
        }

        server.LosesAnswer = _ => false;
        using (var last = ValueProcess.Start("active", box.File, "web1", server.Cluster.ToString()))
            await Sender.Until.True(() => server.Stored.Select(value => value.Session).Distinct(StringComparer.Ordinal).Count() >= 4);
        // Every session is whole and in order, and no second has an item twice.
        foreach (var session in server.Stored.GroupBy(value => value.Session, StringComparer.Ordinal))
            Assert.Equal(BufferBox.Numbers(1, session.Count()), session.Select(value => value.Id));
        Assert.All(server.Stored.GroupBy(value => (value.Item, value.Clock, value.Nanoseconds)), one => Assert.Single(one));
    }

    private static string FirstValue(string request) => request[request.IndexOf("\"data\"", StringComparison.Ordinal)..request.IndexOf('}', StringComparison.Ordinal)];

    // Item "one" counts up: what the server has of it is every number once, in order.
    private static void IsWhole(FakeServer server, string item)
    {
        var values = server.Stored.Where(value => value.Item == item).ToArray();
        Assert.NotEmpty(values);
        Assert.Equal(BufferBox.Numbers(1, values.Length), values.Select(value => long.Parse(value.Text)));
    }
}
