using System.Net;
using System.Net.Sockets;
using System.Text;
using TcpLens.Zabbix.Sender;
using TcpLens.Zabbix.Transport;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Sender;

/// <summary>How a server is asked when it, or the way to it, is not well.</summary>
public sealed class Peers
{
    private static readonly byte[] s_request = Encoding.UTF8.GetBytes("""{"request":"active checks","config_revision":0}""");

    [Fact]
    public async Task A_server_answers()
    {
        using var server = new FakeServer();
        Assert.True((await Ask(server.Cluster)).IsSuccess);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        int port = ClosedPort();
        var silent = await Assert.ThrowsAsync<ServerException>(() => Ask(Of(port)));
        Assert.StartsWith($"127.0.0.1:{port}: Connection refused", silent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_is_left_after_the_patience()
    {
        using var server = new FakeServer { Instead = _ => "hang" };
        var silent = await Assert.ThrowsAsync<ServerException>(() => Ask(server.Cluster, TimeSpan.FromMilliseconds(200)));
        Assert.Equal($"127.0.0.1:{server.Port} did not answer within 0.2 s", silent.Message);
    }

    [Fact]
    public async Task A_server_that_closes_without_an_answer_is_told()
    {
        using var server = new FakeServer { Instead = _ => "" };
        var silent = await Assert.ThrowsAsync<ServerException>(() => Ask(server.Cluster));
        Assert.Equal($"127.0.0.1:{server.Port}: the connection was closed without a word", silent.Message);
    }

    [Fact]
    public async Task An_answer_that_is_none_is_told()
    {
        using var server = new FakeServer { Instead = _ => "hello" };
        var silent = await Assert.ThrowsAsync<ServerException>(() => Ask(server.Cluster));
        Assert.Equal($"127.0.0.1:{server.Port} answers something that is no answer of a Zabbix server (5 bytes)", silent.Message);
    }

    [Fact]
    public async Task To_be_cancelled_is_no_failure_of_the_server()
    {
        using var server = new FakeServer { Instead = _ => "hang" };
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Peer(server.Cluster).AskAsync(s_request, cancel.Token));
    }

    [Fact]
    public async Task The_next_node_of_a_cluster_is_asked_when_one_sleeps_and_then_first()
    {
        using var asleep = new FakeServer { Instead = _ => "" };
        using var awake = new FakeServer();
        var peer = Peer(Of(ClosedPort(), asleep.Port, awake.Port));
        Assert.True((await peer.AskAsync(s_request, TestContext.Current.CancellationToken)).Answer.IsSuccess);
        Assert.Equal(awake.Port, peer.Address.Port);
        Assert.True((await peer.AskAsync(s_request, TestContext.Current.CancellationToken)).Answer.IsSuccess);
        Assert.Single(asleep.Requests);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_remembered_until_it_is_reset()
    {
        using var proxy = new FakeServer();
        using var server = new FakeServer { Instead = _ => Redirect(proxy.Port, 1) };
        var peer = Peer(server.Cluster);
        await peer.AskAsync(s_request, TestContext.Current.CancellationToken);
        await peer.AskAsync(s_request, TestContext.Current.CancellationToken);
        Assert.Equal((1, 2, proxy.Port), (server.Requests.Length, proxy.Requests.Length, peer.Address.Port));

        server.Instead = _ => null;
        proxy.Instead = _ => """{"response":"failed","redirect":{"reset":true}}""";
        await peer.AskAsync(s_request, TestContext.Current.CancellationToken);
        Assert.Equal((2, 3, server.Port), (server.Requests.Length, proxy.Requests.Length, peer.Address.Port));
    }

    [Fact]
    public async Task A_redirect_to_nobody_ends_at_the_configured_address()
    {
        using var server = new FakeServer();
        server.Instead = _ => server.Requests.Length == 1 ? Redirect(ClosedPort(), 1) : null;
        Assert.True((await Ask(server.Cluster)).IsSuccess);
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task Proxies_that_redirect_in_a_circle_are_left()
    {
        using var one = new FakeServer();
        using var other = new FakeServer();
        int revision = 0;
        one.Instead = _ => Redirect(other.Port, ++revision);
        other.Instead = _ => Redirect(one.Port, ++revision);
        var silent = await Assert.ThrowsAsync<ServerException>(() => Ask(one.Cluster));
        Assert.EndsWith("and does not answer itself", silent.Message, StringComparison.Ordinal);
        Assert.Equal(4, one.Requests.Length + other.Requests.Length);
    }

    [Fact]
    public async Task A_sender_sends_in_batches_and_adds_up()
    {
        using var server = new FakeServer();
        var sender = new TrapperSender(server.Cluster, PlainTransport.Instance, TimeSpan.FromSeconds(30), TimeProvider.System);
        var values = Enumerable.Range(0, 600).Select(i => new TrapperValue("h", "k", i.ToString(), i, 0)).ToArray();
        Assert.Equal(new ValueCount(600, 0, 600), await sender.SendAsync(values, TestContext.Current.CancellationToken));
        Assert.Equal(3, server.Requests.Length);
        Assert.Equal(values.Select(value => value.Text), server.Stored.Select(value => value.Text), StringComparer.Ordinal);
        server.Instead = _ => """{"response":"failed","info":"no"}""";
        var refusal = await Assert.ThrowsAsync<ServerException>(() => sender.SendAsync(values, TestContext.Current.CancellationToken));
        Assert.EndsWith("took nothing: no", refusal.Message, StringComparison.Ordinal);
    }

    internal static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Redirect(int port, int revision) => $$$"""{"response":"failed","redirect":{"revision":{{{revision}}},"address":"127.0.0.1:{{{port}}}"}}""";

    private static ServerCluster Of(params int[] ports) => new([.. ports.Select(port => new ZabbixAddress("127.0.0.1", port))]);

    private static ServerPeer Peer(ServerCluster cluster, TimeSpan? patience = null) => new(cluster, PlainTransport.Instance, patience ?? TimeSpan.FromSeconds(30), TimeProvider.System);

    private static async Task<ServerAnswer> Ask(ServerCluster cluster, TimeSpan? patience = null) =>
        (await Peer(cluster, patience).AskAsync(s_request, TestContext.Current.CancellationToken)).Answer;
}
