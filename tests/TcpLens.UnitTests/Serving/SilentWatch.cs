using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Linux.Reading;
using TcpLens.Serving;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Diagnosis;
using Xunit;

namespace TcpLens.UnitTests.Serving;

/// <summary>The resident monitor's look for connections that nobody speaks on.</summary>
public sealed class SilentWatch
{
    private static readonly ListedSocket[] s_silent = [.. Scene.Many(5, TcpState.Established, socket => socket with { IdleMilliseconds = 3_000 }).Select(socket => new ListedSocket("host", socket))];

    [Fact]
    public void A_watch_looks_by_itself_at_what_netlink_tells()
    {
        var kernel = new FakeKernel { Sockets = s_silent };
        using (var watch = new IdleWatch(kernel, TimeSpan.FromSeconds(2), TimeProvider.System))
        {
            Assert.Null(watch.Latest);
            watch.Start();
            Assert.True(SpinWait.SpinUntil(() => watch.Latest is not null, 10_000));
            Assert.Equal((5, 5, TimeSpan.FromSeconds(2)), (watch.Latest!.All, watch.Latest.Idle, watch.Latest.Age));
        }

        Assert.Equal((SourceChoice.Netlink, true, false), (kernel.AskedSource, kernel.AskedStates.Contains(TcpState.Listen), kernel.AskedStates.Contains(TcpState.TimeWait)));
    }

    [Fact]
    public void Where_netlink_is_denied_nothing_is_told()
    {
        TcpLens.CommandLine.IKernel kernel = new FakeKernel { Failure = new SourceUnavailableException("netlink", new("denied", "被拒绝")) };
        Assert.Null(kernel.CountIdle(TimeSpan.FromHours(2)));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(300, 60)]
    [InlineData(1000, 200)]
    [InlineData(60_000, 1800)]
    public void The_pause_keeps_a_look_below_half_a_percent_of_a_core(int costMilliseconds, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), IdleWatch.PauseAfter(TimeSpan.FromMilliseconds(costMilliseconds)));
}
