using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using TcpLens.Zabbix.Passive;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Passive;

public sealed class NamedPeers
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LogLines _log = new();
    private Func<string, CancellationToken, Task<IPAddress[]>> _dns = (_, _) => Task.FromResult<IPAddress[]>([]);
    private int _questions;

    [Fact]
    public async Task A_name_allows_the_addresses_that_DNS_gives_and_is_asked_for_once_a_minute()
    {
        var peers = Peers("zabbix.example.com,10.0.0.1");
        Answers("192.0.2.1", "2001:db8::1");
        Assert.True(await peers.IsAllowedAsync(IPAddress.Parse("10.0.0.1")));
        Assert.Equal(0, _questions);
        Assert.True(await peers.IsAllowedAsync(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.True(await peers.IsAllowedAsync(IPAddress.Parse("2001:db8::1")));
        Assert.False(await peers.IsAllowedAsync(IPAddress.Parse("192.0.2.2")));
        Assert.Equal(1, _questions);

        Answers("192.0.2.2");
        _clock.Advance(AllowedPeers.Remembered - TimeSpan.FromSeconds(1));
        Assert.True(await peers.IsAllowedAsync(IPAddress.Parse("192.0.2.1")));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await peers.IsAllowedAsync(IPAddress.Parse("192.0.2.1")));
        Assert.True(await peers.IsAllowedAsync(IPAddress.Parse("192.0.2.2")));
        Assert.Equal(2, _questions);
    }

    [Fact]
    public async Task A_name_that_cannot_be_looked_up_allows_nobody_and_is_tried_again_soon()
    {
        var peers = Peers("zabbix.example.com");
        Answers("192.0.2.1");
        Assert.True(await peers.IsAllowedAsync(IPAddress.Parse("192.0.2.1")));
        _dns = (_, _) => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
        _clock.Advance(AllowedPeers.Remembered);
        for (int knock = 0; knock < 100; knock++)
            Assert.False(await peers.IsAllowedAsync(IPAddress.Parse("192.0.2.1")));
        _clock.Advance(AllowedPeers.RetryAfter);
        Assert.False(await peers.IsAllowedAsync(IPAddress.Parse("192.0.2.1")));
        Assert.Equal(3, _questions);
        Assert.Single(_log.All, line => line.Contains("cannot look up zabbix.example.com", StringComparison.Ordinal));
        Answers("192.0.2.1");
        _clock.Advance(AllowedPeers.RetryAfter);
        Assert.True(await peers.IsAllowedAsync(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public async Task A_name_server_that_is_silent_is_waited_for_by_all_together_and_not_forever()
    {
        var peers = Peers("zabbix.example.com,proxy.example.com");
        _dns = (_, _) => new TaskCompletionSource<IPAddress[]>().Task;
        var verdicts = Enumerable.Range(0, 50).Select(_ => peers.IsAllowedAsync(IPAddress.Loopback).AsTask()).ToArray();
        Assert.Equal(2, _questions);
        Assert.All(verdicts, verdict => Assert.False(verdict.IsCompleted));
        _clock.Advance(AllowedPeers.LookUpTime);
        Assert.All(await Task.WhenAll(verdicts), Assert.False);
    }

    private AllowedPeers Peers(string text)
    {
        Assert.True(AllowList.TryParse(text, out var list, out _));
        return new AllowedPeers(
            list,
            (name, cancel) =>
            {
                _questions++;
                return _dns(name, cancel);
            },
            _clock,
            _log);
    }

    private void Answers(params string[] addresses) => _dns = (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]);
}
