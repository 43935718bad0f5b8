using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;
using TcpLens.Outputs.Terminal.States;
using TcpLens.UnitTests.CommandLine;
using TcpLens.UnitTests.Diagnosis;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Monitoring;

/// <summary>Connections that no reading shows are said to be there.</summary>
public sealed class Churning
{
    [Theory]
    [InlineData(1000L, 300, 1, 700)]
    [InlineData(10_000L, 300, 2, 4850)]
    // Half of them at least has to be unseen.
    [InlineData(600L, 300, 1, 300)]
    [InlineData(599L, 300, 1, null)]
    [InlineData(99L, 0, 1, null)]
    [InlineData(1000L, 300, 0, null)]
    [InlineData(null, 300, 1, null)]
    [InlineData(-5L, 300, 1, null)]
    public void What_is_opened_and_not_there_was_never_seen(long? opened, int connections, int seconds, int? perSecond) =>
        Assert.Equal(perSecond, Churn.Between(Reading(5_000, 0), Reading(5_000 + opened, connections), TimeSpan.FromSeconds(seconds))?.PerSecond);

    [Theory]
    [InlineData(4234, "4,200 connections a second", "每秒约 4,200 个连接")]
    [InlineData(187_654, "190,000 connections a second", "每秒约 190,000 个连接")]
    [InlineData(7.4, "7 connections a second", "每秒约 7 个连接")]
    public void The_number_is_told_with_two_digits(double perSecond, string english, string chinese)
    {
        Assert.StartsWith(english, new Churn(perSecond).Text.English, StringComparison.Ordinal);
        Assert.StartsWith(chinese, new Churn(perSecond).Text.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_says_it_from_the_second_reading_on()
    {
        var view = new WatchView();
        Assert.DoesNotContain("snapshot", view.Next(Host(0, 100), Language.English, default), StringComparison.Ordinal);
        string frame = view.Next(Host(2, 8_500), Language.English, default);
        Assert.Contains("* 4,200 connections a second begin and end between readings", frame, StringComparison.Ordinal);
        CommandRun.AssertFits(frame);
        Assert.DoesNotContain("snapshot", view.Next(Host(4, 8_550), Language.English, default), StringComparison.Ordinal);
    }

    private static HostReading Host(int second, long opened) => new()
    {
        HostName = "edge-1",
        Kernel = "6.12.9-amd64",
        At = SampleReports.At.AddSeconds(second),
        Namespaces = [new NamespaceReading("host", 1, Reading(opened, 10))],
    };

    // Listeners are no connections.
    private static StateReading Reading(long? opened, int connections) =>
        new Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 100), .. Scene.Many(connections, TcpState.TimeWait)] }.Reading.States with { Opened = opened };
}
