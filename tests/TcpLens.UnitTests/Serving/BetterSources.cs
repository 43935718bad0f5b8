using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;
using TcpLens.Linux.Owners;
using TcpLens.Linux.Reading;
using TcpLens.Outputs.Terminal;
using TcpLens.Outputs.Terminal.States;
using TcpLens.Serving;
using TcpLens.UnitTests.CommandLine;
using Xunit;

namespace TcpLens.UnitTests.Serving;

/// <summary>A better source that is not in use is named, with what stands in its way.</summary>
public sealed class BetterSources
{
    private static readonly Capabilities s_root = new(ulong.MaxValue);
    private static readonly Phrase s_reason = new("the verifier refuses the program", "校验器拒绝了程序");

    [Fact]
    public void The_fastest_source_is_seen() => Assert.Equal((true, "the sockets by bpf, the fastest source that may be used", null), Told(Seen("bpf"), s_root));

    [Fact]
    public void What_stands_in_the_way_of_eBPF_is_told() => Assert.Equal(
        (false, "the sockets by eBPF, the fastest way (netlink is read)", s_reason.English), Told(Seen("netlink") with { SourceReason = s_reason }, s_root));

    [Fact]
    public void What_stands_in_the_way_of_netlink_is_told() => Assert.Equal(
        (false, "the sockets by netlink or eBPF (proc is read: slower, and without CLOSE)", s_reason.English), Told(Seen("proc") with { SourceReason = s_reason }, s_root));

    [Fact]
    public void Too_few_sockets_are_no_fault() => Assert.Equal(
        (true, "the sockets by netlink: with fewer than 3,000 no other source is faster", null), Told(Seen("netlink") with { WalkedFrom = 3_000 }, s_root));

    [Fact]
    public void A_capability_that_will_be_missing_is_told_before() => Assert.Equal(
        (false, "the sockets by eBPF, once there are 3,000: then it is faster than netlink", "CAP_BPF and CAP_PERFMON (in a systemd unit: AmbientCapabilities=)"),
        Told(Seen("netlink") with { WalkedFrom = 3_000 }, default));

    [Fact]
    public void The_heading_tells_from_where_on_eBPF_is_read_if_there_is_room()
    {
        var reading = Seen("netlink") with { WalkedFrom = 40_000 };
        Assert.Contains("netlink (bpf from 40,000 sockets on), ", Heading(SampleReadings.Host(reading)), StringComparison.Ordinal);
        string narrow = Heading(SampleReadings.Host(reading) with { OtherNamespaces = 1_234 });
        Assert.DoesNotContain("bpf", narrow, StringComparison.Ordinal);
        Assert.EndsWith(", complete", narrow, StringComparison.Ordinal);
    }

    private static string Heading(HostReading host) => ReadingHeader.Lines(host, Language.English, new Style(Colour: false)).Last();

    private static StateReading Seen(string source) => SampleReadings.Rich.Whole! with { Source = source, SourceReason = null };

    [Fact]
    public void Either_pair_of_capabilities_shows_the_owners_of_all_users()
    {
        Assert.True(Owners(new Capabilities((1ul << 19) | (1ul << 2))).Can);
        Assert.Contains("or on the host itself CAP_BPF and CAP_PERFMON", Owners(default).Needs?.English, StringComparison.Ordinal);
        Assert.Equal(OwnerReader.SeesAllUsers(new Capabilities(3ul << 38)), Owners(new Capabilities(3ul << 38)).Can);

        static Visibility Owners(Capabilities capabilities) => Assert.Single(
            Sights.Of(capabilities, new NamespaceName("host", 1), watchesAll: true, Seen("netlink")), sight => sight.What.English.StartsWith("which process", StringComparison.Ordinal));
    }

    private static (bool Can, string What, string? Needs) Told(StateReading states, Capabilities capabilities)
    {
        var sights = Sights.Of(capabilities, new NamespaceName("host", 1), watchesAll: true, states);
        var told = Assert.Single(sights, sight => sight.What.English.StartsWith("the sockets by", StringComparison.Ordinal));
        return (told.Can, told.What.English, told.Needs?.English);
    }
}
