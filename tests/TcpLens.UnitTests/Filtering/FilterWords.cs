using TcpLens.Core.Filtering;
using TcpLens.Core.Model;
using Xunit;

namespace TcpLens.UnitTests.Filtering;

public sealed class FilterWords
{
    private static readonly SocketRecord s_leak = new()
    {
        State = TcpState.CloseWait,
        Family = SocketFamily.IPv4,
        Local = End("192.0.2.1", 443),
        Remote = End("10.1.2.3", 50_000),
        ReceiveQueue = 1,
        UserId = 33,
        Inode = 4711,
    };

    private static readonly SocketRecord s_mapped = s_leak with { Family = SocketFamily.IPv6 };

    private static readonly SocketRecord s_six = s_leak with { Family = SocketFamily.IPv6, Local = End("2001:db8::1", 443), Remote = End("2001:db8:1::9", 50_000) };

    private static readonly SocketRecord s_listener = new()
    {
        State = TcpState.Listen,
        Family = SocketFamily.IPv4,
        Local = End("0.0.0.0", 443),
        Remote = End("0.0.0.0", 0),
        ReceiveQueue = 5,
        SendQueue = 128,
        Inode = 12,
    };

    private static readonly SocketRecord s_timeWait = s_leak with { State = TcpState.TimeWait, UserId = 0, Inode = 0, ReceiveQueue = 0 };

    [Theory]
    [InlineData("", true)]
    [InlineData("  \t ", true)]
    [InlineData("state:close_wait port:443 remote:10.0.0.0/8 family:4", true)]
    [InlineData("state:CLOSE-WAIT", true)]
    [InlineData("state:关闭等待", true)]
    [InlineData("state：close_wait，last_ack", true)]
    [InlineData("！state：close_wait、last_ack", false)]
    [InlineData("close_wait", true)]
    [InlineData("closing-by-peer", true)]
    [InlineData("state:closing", false)]
    [InlineData("connected", true)]
    [InlineData("all", true)]
    [InlineData("-estab", true)]
    [InlineData("!state:close_wait,last_ack", false)]
    [InlineData("state:close_wait state:last_ack", false)]
    [InlineData("lport:443", true)]
    [InlineData("sport:443", true)]
    [InlineData("rport:443", false)]
    [InlineData("dport:49152-65535", true)]
    [InlineData("PORT:50000", true)]
    [InlineData("!port:22", true)]
    [InlineData("port:1-442,444-49999", false)]
    [InlineData("addr:10.1.2.3", true)]
    [InlineData("src:10.1.2.3", false)]
    [InlineData("dst:10.1.2.3", true)]
    [InlineData("remote:10.1.2.0/25", true)]
    [InlineData("remote:0.0.0.0/0", true)]
    [InlineData("remote:::/0", false)]
    [InlineData("remote:::ffff:10.1.2.3", true)]
    [InlineData("uid:33", true)]
    [InlineData("uid:0", false)]
    [InlineData("owned:yes", true)]
    [InlineData("mapped:yes", false)]
    [InlineData("recvq:>0", true)]
    [InlineData("recvq:>1", false)]
    [InlineData("recvq:>=1", true)]
    [InlineData("recvq:<1", false)]
    [InlineData("recvq:<=1", true)]
    [InlineData("recvq:=1", true)]
    [InlineData("recvq:1", true)]
    [InlineData("sendq:=0", true)]
    [InlineData("netns:web", true)]
    public void A_leaking_connection_is_judged(string text, bool matches) => Assert.Equal(matches, Parse(text).Matches(s_leak));

    [Theory]
    [InlineData("remote:10.0.0.0/8", true)]
    [InlineData("family:6", true)]
    [InlineData("family:ipv4", false)]
    [InlineData("mapped:yes", true)]
    [InlineData("addr:::/0", false)]
    public void A_mapped_connection_carries_IPv4_in_family_6(string text, bool matches) => Assert.Equal(matches, Parse(text).Matches(s_mapped));

    [Theory]
    [InlineData("remote:2001:db8::/32", true)]
    [InlineData("remote:[2001:db8:1::9]", true)]
    [InlineData("remote:2001:db8::/48", false)]
    [InlineData("remote:::/0", true)]
    [InlineData("addr:0.0.0.0/0", false)]
    [InlineData("family:4,6", true)]
    public void An_IPv6_connection_is_judged(string text, bool matches) => Assert.Equal(matches, Parse(text).Matches(s_six));

    [Theory]
    [InlineData("recvq:>0")]
    [InlineData("sendq:>=0")]
    [InlineData("recvq:<1000 state:listen")]
    public void The_queues_of_a_listener_are_no_bytes(string text)
    {
        Assert.False(Parse(text).Matches(s_listener));
        Assert.False(Parse(text).States.Contains(TcpState.Listen));
        Assert.True(Parse("!recvq:>0").Matches(s_listener));
    }

    [Fact]
    public void A_socket_without_owner_belongs_to_no_user()
    {
        Assert.False(Parse("uid:0").Matches(s_timeWait));
        Assert.True(Parse("owned:no").Matches(s_timeWait));
    }

    [Theory]
    [InlineData("", 0xffe)]
    [InlineData("port:80", 0xffe)]
    [InlineData("state:established", 0x2)]
    [InlineData("state:listen,close", 0x480)]
    [InlineData("!idle", 0xb7e)]
    [InlineData("connected !synchronized", 0x4)]
    [InlineData("opening close_wait", 0)]
    public void The_kernel_is_asked_for_no_state_that_cannot_match(string text, uint states) => Assert.Equal(states, Parse(text).States.Bits);

    [Theory]
    [InlineData("", "")]
    [InlineData("all", "")]
    [InlineData(" PORT:443   ESTAB ", "state:established port:443")]
    [InlineData("!idle", "!state:listen,close")]
    [InlineData("opening close_wait", "!state:all")]
    [InlineData("port:10-20,15-30,31,40", "port:10-31,40")]
    [InlineData("dst:10.9.9.9/8,::1,2001:DB8:0::/32", "remote:::1,10.0.0.0/8,2001:db8::/32")]
    [InlineData("recvq:>5,=7 sendq:<=99,>0", "recvq:>=6 sendq:>=0")]
    [InlineData("sendq:>=1 recvq:5-9", "recvq:5-9 sendq:>0")]
    [InlineData("owned:no,是 mapped:true", "mapped:yes owned:yes,no")]
    [InlineData("netns:web,db,web -netns:4026531840 family:inet6", "!netns:4026531840 netns:db,web family:6")]
    public void The_canonical_form_is_short_and_parses_back(string text, string canonical)
    {
        Assert.Equal(canonical, Parse(text).ToString());
        Assert.Equal(Parse(text), Parse(canonical));
    }

    [Fact]
    public void Namespaces_are_asked_by_name_and_inode()
    {
        Assert.Empty(Parse("port:1").Namespaces);
        var web = Parse("netns:web,4026532000");
        Assert.True(web.MatchesNamespace("web", 1));
        Assert.True(web.MatchesNamespace(null, 4_026_532_000));
        Assert.False(web.MatchesNamespace(null, 1));
        Assert.False(Parse("!netns:web netns:all").MatchesNamespace("web", 1));
        Assert.True(Parse("netns:all").MatchesNamespace(null, 1));
        Assert.True(Parse("netns:net:[4026532000]").MatchesNamespace(null, 4026532000));
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var filter = Parse("!state:listen port:443,50000-50001 addr:10.0.0.0/8,::1 family:4 owned:yes uid:33 recvq:>0 !mapped:yes");
        Assert.True(filter.Matches(s_leak));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
            filter.Matches(s_leak);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Every_example_of_the_keys_is_a_filter_and_names_its_key()
    {
        foreach (var key in FilterKeys.All)
        {
            Assert.StartsWith(key.Name + ":", key.Example, StringComparison.Ordinal);
            Assert.Equal(key.Example, Parse(key.Example).ToString().Replace("::1,127.0.0.0/8", "127.0.0.0/8,::1", StringComparison.Ordinal));
            foreach (string alias in key.Aliases)
                Assert.Equal(Parse(key.Example), Parse(alias + key.Example[key.Name.Length..]));
            foreach (string value in key.Values)
                Parse($"{key.Name}:{value}");
        }

        string[] names = [.. FilterKeys.All.SelectMany(key => key.Aliases.Add(key.Name))];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    internal static SocketFilter Parse(string text)
    {
        Assert.True(SocketFilter.TryParse(text, out var filter, out var error), error?.Message.English);
        return filter;
    }

    private static TcpEndpoint End(string address, ushort port)
    {
        Assert.True(IpAddress.TryParse(address, out var parsed));
        return new TcpEndpoint(parsed, port);
    }
}
