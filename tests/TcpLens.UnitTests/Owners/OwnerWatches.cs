using TcpLens.Core.Sources;
using TcpLens.Serving;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Web;
using Xunit;

namespace TcpLens.UnitTests.Owners;

/// <summary>The resident monitor's look at owners.</summary>
public sealed class OwnerWatches
{
    [Fact]
    public void A_look_tells_services_of_all_namespaces_and_listeners_of_the_own_one()
    {
        using var watch = new OwnerWatch(new FakeConnections { Sockets = SampleReadings.Sockets }, "host", watchesAll: true, TimeProvider.System);
        var census = watch.Look()!;
        Assert.Equal("nginx.service host, nginx.service web", string.Join(", ", census.Largest.Where(one => one.Owner.Service == "nginx.service").Select(one => $"{one.Owner.Service} {one.Netns}")));
        Assert.Equal("nginx.service", census.Listeners[443].Service);
        Assert.Single(census.Listeners);
    }

    [Fact]
    public void A_watch_looks_by_itself_and_ends_when_it_is_told_to()
    {
        var watch = new OwnerWatch(new FakeConnections { Sockets = SampleReadings.Sockets }, "host", watchesAll: false, TimeProvider.System);
        Assert.Null(watch.Latest);
        watch.Start();
        Assert.True(SpinWait.SpinUntil(() => watch.Latest is not null, 10_000));
        watch.Dispose();
    }

    [Fact]
    public void A_look_that_fails_tells_nothing()
    {
        using var watch = new OwnerWatch(new FakeConnections { Failure = new SourceUnavailableException("proc", new("no /proc", "没有 /proc")) }, "host", watchesAll: false, TimeProvider.System);
        Assert.Null(watch.Look());
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 10)]
    [InlineData(100, 20)]
    [InlineData(1000, 200)]
    [InlineData(60_000, 300)]
    public void The_pause_keeps_a_look_below_half_a_percent_of_a_core(int costMilliseconds, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), OwnerWatch.PauseAfter(TimeSpan.FromMilliseconds(costMilliseconds)));
}
