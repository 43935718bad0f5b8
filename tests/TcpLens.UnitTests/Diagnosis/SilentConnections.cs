using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Diagnosis;

/// <summary>Connections that nobody speaks on are counted by port and destination, and their growth is told from rest.</summary>
public sealed class SilentConnections
{
    private static readonly TimeSpan s_age = TimeSpan.FromHours(2);

    [Fact]
    public void Only_what_is_accepted_silent_for_long_and_without_timer_counts()
    {
        var census = Count(
        [
            SampleDetails.Listener("0.0.0.0", 443, 0, 100),
            .. Scene.Many(3, TcpState.Established, Silent),
            .. Scene.Many(1, TcpState.Established, socket => Silent(socket) with { IdleMilliseconds = 7_199_999 }),
            .. Scene.Many(2, TcpState.Established, socket => Silent(socket) with { Timer = SocketTimer.KeepAlive }),
            .. Scene.Many(1, TcpState.Established, socket => Silent(socket) with { Timer = SocketTimer.Retransmit }),
            .. Scene.Many(5, TcpState.Established, socket => Silent(socket) with { Inode = 0 }),
            .. Scene.Outgoing(4, TcpState.Established).Select(socket => Silent(socket) with { IdleMilliseconds = 10_000_000 }),
        ])!;
        Assert.Equal((11, 7), (census.All, census.Idle));
        Assert.Equal("192.0.2.1 > 192.0.2.50:5432 4 4 0 10000, 443 7 3 2 7200", string.Join(", ", census.Largest.Select(one => $"{one.Subject.Key} {one.All} {one.Idle} {one.Kept} {one.Longest.TotalSeconds}")));
    }

    [Fact]
    public void A_source_that_does_not_tell_it_or_breaks_off_gives_no_numbers()
    {
        Assert.Null(Count(Scene.Many(3, TcpState.Established)));
        Assert.Null(Count(Scene.Many(3, TcpState.Established, Silent), new Pass { Completeness = Completeness.Truncated }));
        Assert.Equal(0, Count([])!.All);
    }

    [Fact]
    public void However_many_destinations_there_are_few_are_told()
    {
        var census = Count([.. Enumerable.Range(0, 20_000).SelectMany(i => Scene.Outgoing(1, TcpState.Established, to: $"10.1.{i / 250}.{i % 250}")).Select(Silent)])!;
        Assert.Equal((20_000, IdleCensus.GroupsMaximum), (census.Idle, census.Largest.Length));
    }

    [Fact]
    public void Six_hours_are_remembered_in_some_forty_looks()
    {
        var past = IdlePast.None;
        for (int minute = 0; minute <= 24 * 60; minute++)
            past = past.Add(TimeSpan.FromMinutes(minute), IdleCases.At5432(100 + minute, 100 + minute));
        var growth = past.GrowthOf(past.Latest!.Largest[0])!.Value;
        Assert.InRange(growth.Span, TimeSpan.FromHours(5.7), IdlePast.Longest);
        Assert.InRange(growth.PerHour, 59.9, 60.1);
        Assert.True(growth.IsLeak && growth.GoesOn);
    }

    [Theory]
    [InlineData(true, 10, 20, 30, 10, 20, 30)]
    // At once, in either half.
    [InlineData(false, 10, 10, 30, 10, 10, 30)]
    [InlineData(false, 10, 30, 30, 10, 30, 30)]
    // As many as before are open.
    [InlineData(false, 10, 20, 30, 50, 50, 52)]
    [InlineData(true, 10, 20, 30, 50, 55, 60)]
    [InlineData(false, 30, 20, 10, 50, 60, 70)]
    public void Growth_is_a_leak_when_it_goes_on_and_all_connections_become_more(bool isLeak, int idle1, int idle2, int idle3, int all1, int all2, int all3) => Assert.Equal(isLeak, new IdleGrowth(
        TimeSpan.FromHours(1), Group(idle1, all1), Group(idle2, all2), Group(idle3, all3)).IsLeak);

    [Fact]
    public void Less_than_five_minutes_and_another_age_are_no_trend()
    {
        var past = IdlePast.None;
        for (int minute = 0; minute < 5; minute++)
            past = past.Add(TimeSpan.FromMinutes(minute), IdleCases.At5432(100 + minute, 100));
        Assert.Null(past.GrowthOf(past.Latest!.Largest[0]));
        past = past.Add(TimeSpan.FromMinutes(5), IdleCases.At5432(105, 100));
        Assert.NotNull(past.GrowthOf(past.Latest!.Largest[0]));
        past = past.Add(TimeSpan.FromMinutes(6), IdleCases.At5432(106, 100) with { Age = TimeSpan.FromHours(1) });
        Assert.Null(past.GrowthOf(past.Latest!.Largest[0]));
    }

    private static IdleGroup Group(int idle, int all) => IdleCases.At5432(idle, all).Largest[0];

    private static SocketRecord Silent(SocketRecord socket) => socket with { IdleMilliseconds = (uint)s_age.TotalMilliseconds };

    private static IdleCensus? Count(IEnumerable<SocketRecord> sockets, Pass? pass = null)
    {
        var counting = new IdleCounting(s_age);
        Assert.Equal(SocketDetail.Idle, ((ISocketSink)counting).Detail);
        foreach (var socket in sockets)
        {
            if (!counting.Take(socket))
                break;
        }

        return counting.ToCensus(pass ?? Pass.Whole);
    }
}
