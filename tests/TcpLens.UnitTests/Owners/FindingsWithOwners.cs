using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.UnitTests.Diagnosis;
using TcpLens.UnitTests.Zabbix;
using Xunit;

namespace TcpLens.UnitTests.Owners;

/// <summary>Findings say whose sockets they are about, where that is known.</summary>
public sealed class FindingsWithOwners
{
    [Fact]
    public void Who_leaks_CLOSE_WAIT_is_named_with_the_number()
    {
        var finding = Find("close_wait_leak", new Scene { Sockets = [.. Scene.Established(30), .. Scene.Many(12, TcpState.CloseWait)] });
        Assert.Equal("nginx.service nginx(811)", finding.Subject.Owner);
        Assert.EndsWith(" Most are nginx.service nginx(811)'s: 12.", finding.Sentence.English);
        Assert.EndsWith("最多的属于 nginx.service nginx(811)：12 个。", finding.Sentence.Chinese);
        Assert.Equal(12, Assert.Single(finding.Evidence, one => one.Name == "owner").Value);
    }

    [Fact]
    public void Who_does_not_accept_is_named()
    {
        var finding = Find("accept_queue", new Scene { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 100, 100)] });
        Assert.Equal("nginx.service nginx(811)", finding.Subject.Owner);
        Assert.EndsWith(" Held by nginx.service nginx(811).", finding.Sentence.English);
    }

    [Theory]
    [InlineData("close_wait_leak", "CLOSE_WAIT")]
    [InlineData("fin_wait2_owned", "FIN_WAIT2")]
    [InlineData("last_ack_stuck", "LAST_ACK")]
    public void How_old_the_oldest_is_stands_among_the_evidence(string rule, string state)
    {
        var oldest = Assert.Single(Find(rule, AllCases.All[rule].Bad).Evidence, one => one.Name == "oldest");
        Assert.Equal((40, $"the oldest in {state}, at least", "40 s"), (oldest.Value, oldest.Label.English, oldest.Text.English));
        Assert.DoesNotContain(Find(rule, AllCases.All[rule].Bad, isKnown: false).Evidence, one => one.Name == "oldest");
    }

    [Fact]
    public void The_oldest_of_a_state_is_that_of_the_own_namespace()
    {
        var counting = new OwnerCounting("host");
        var ages = new Queue<int?>([12, null, 40, 7]);
        var own = counting.In("host", new Aged(() => ages.Dequeue()));
        for (int i = 0; i < 4; i++)
            own.Take(new SocketRecord { State = TcpState.CloseWait });
        counting.In("web", new Aged(() => 900)).Take(new SocketRecord { State = TcpState.CloseWait });
        var census = counting.ToCensus(new OwnedPasses([], 0, false));
        Assert.Equal((40, null), (census.OldestSeconds(TcpState.CloseWait), census.OldestSeconds(TcpState.Established)));
    }

    [Theory]
    [InlineData("ephemeral_ports")]
    [InlineData("syn_sent_silent")]
    public void Who_takes_the_ports_towards_a_destination_is_named(string rule) =>
        Assert.Equal("nginx.service nginx(811)", Find(rule, AllCases.All[rule].Bad).Subject.Owner);

    [Fact]
    public void The_same_finding_stays_open_when_its_owner_becomes_known()
    {
        var leak = new Scene { Sockets = [.. Scene.Established(30), .. Scene.Many(12, TcpState.CloseWait)] };
        var before = Find("close_wait_leak", leak, isKnown: false);
        Assert.Null(before.Subject.Owner);
        Assert.Equal(before.Key, Find("close_wait_leak", leak).Key);
    }

    [Fact]
    public void A_census_is_bounded_and_loses_no_socket()
    {
        var counting = new OwnerCounting("host");
        var owners = new FakeOwners();
        for (uint i = 1; i <= 50; i++)
            owners.ByInode[i] = new Owner { ProcessId = (int)i, Process = $"p{i}" }.Named();
        var sink = counting.In("host", owners);
        for (uint i = 1; i <= 60; i++)
        {
            for (int n = 0; n < i; n++)
                sink.Take(new SocketRecord { State = TcpState.Established, Inode = i, Remote = new TcpEndpoint(default, (ushort)i) });
        }

        var census = counting.ToCensus(new OwnedPasses([], 3, false));
        Assert.Equal(OwnerCensus.ServicesMaximum, census.Largest.Length);
        Assert.Equal("p50", census.Largest[0].Owner.Service);
        Assert.Equal(60 * 61 / 2, census.Largest.Sum(one => one.Total) + census.Others.Sum() + census.Unknown.Sum());
        Assert.Equal(51 + 52 + 53 + 54 + 55 + 56 + 57 + 58 + 59 + 60, census.Gap.Held);
        Assert.Equal("p50", census.Foremost[(int)TcpState.Established]!.Owner.Service);
        Assert.Null(census.Foremost[(int)TcpState.CloseWait]);
        Assert.Equal("p7", census.Callers[new TcpEndpoint(default, 7)][0].Service);
    }

    [Fact]
    public void Whoever_has_more_than_a_quarter_of_the_connections_to_a_remote_end_is_named_the_largest_first()
    {
        var counting = new OwnerCounting("host");
        var owners = new FakeOwners();
        // Two workers of one service, one large and one small service, and ten that have one connection each.
        for (uint i = 1; i <= 14; i++)
            owners.ByInode[i] = new Owner { ProcessId = (int)i, Process = "worker", Unit = i <= 2 ? "pool.service" : $"s{i}.service" }.Named();
        var sink = counting.In("host", owners);
        for (int n = 0; n < 20; n++)
        {
            foreach (uint inode in (uint[])[1, 2, 3, .. n < 10 ? [(uint)n + 5] : Array.Empty<uint>()])
                sink.Take(new SocketRecord { State = TcpState.Established, Inode = inode, Remote = new TcpEndpoint(default, 443) });
        }

        var callers = counting.ToCensus(new OwnedPasses([], 0, false)).Callers[new TcpEndpoint(default, 443)];
        Assert.Equal("pool.service s3.service", string.Join(' ', callers.Take(2).Select(one => one.Service)));
        Assert.InRange(callers.Length, 2, 3);
    }

    private static Finding Find(string rule, Scene scene, bool isKnown = true)
    {
        DetailedReading reading = scene.Reading;
        var doctor = new Diagnostician(TimeSpan.FromSeconds(3)) { Owners = isKnown ? Census(scene) : null };
        var health = Health.Unknown;
        for (int i = 0; i < 5; i++)
            health = doctor.Next(reading, null, null, DateTimeOffset.UnixEpoch.AddSeconds(i), TimeSpan.FromSeconds(i));
        return Assert.Single(health.Open, one => one.Finding.Rule == rule).Finding;
    }

    private static OwnerCensus Census(Scene scene)
    {
        var counting = new OwnerCounting();
        var sink = counting.In("host", new AllNginx());
        foreach (var socket in scene.Sockets)
            sink.Take(socket);
        return counting.ToCensus(new OwnedPasses([], 0, false));
    }

    private sealed class Aged(Func<int?> seconds) : IOwnerLookup
    {
        public OwnerSighting OwnerOf(in SocketRecord socket) => new(null, default, seconds());
    }

    private sealed class AllNginx : IOwnerLookup
    {
        public OwnerSighting OwnerOf(in SocketRecord socket) => new(FakeOwners.Nginx, OwnerCertainty.Held, 40);
    }
}
