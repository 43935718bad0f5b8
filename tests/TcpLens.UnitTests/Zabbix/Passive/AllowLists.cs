using System.Net;
using TcpLens.Zabbix.Passive;
using Xunit;

namespace TcpLens.UnitTests.Zabbix.Passive;

public sealed class AllowLists
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "127.0.0.2 ::1")]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", "::ffff:127.0.0.2")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1 ::ffff:127.0.0.1", "127.0.0.2 ::1")]
    [InlineData("::127.0.0.1", "127.0.0.1 ::ffff:127.0.0.1", "127.0.0.2 ::1")]
    [InlineData("10.1.2.3/8", "10.255.0.1 ::ffff:10.0.0.0", "11.0.0.0 9.255.255.255")]
    [InlineData("192.168.5.129/25", "192.168.5.128 192.168.5.255", "192.168.5.127 192.168.6.128")]
    [InlineData("10.0.0.1/32", "10.0.0.1", "10.0.0.0 10.0.0.2")]
    [InlineData("0.0.0.0/0", "1.2.3.4 255.255.255.255 ::ffff:9.9.9.9", "::1 2001:db8::1 fe80::1")]
    [InlineData("::/0", "1.2.3.4 ::ffff:9.9.9.9 ::1 2001:db8::1 fe80::1%3", "")]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::1 2001:db9::1 1.2.3.4")]
    [InlineData("fe80::1", "fe80::1%2 fe80::1", "fe80::2%2")]
    [InlineData(" 10.0.0.1 ,\t::1,192.168.0.0/16 ", "10.0.0.1 ::1 192.168.3.4", "10.0.0.2 ::2")]
    public void An_address_is_held_against_every_entry(string text, string allowed, string refused)
    {
        Assert.True(AllowList.TryParse(text, out var list, out _));
        Assert.All(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries), peer => Assert.True(list.Contains(IPAddress.Parse(peer)), peer));
        Assert.All(refused.Split(' ', StringSplitOptions.RemoveEmptyEntries), peer => Assert.False(list.Contains(IPAddress.Parse(peer)), peer));
        Assert.Equal(text, list.ToString());
    }

    [Fact]
    public void Names_are_kept_for_DNS()
    {
        Assert.True(AllowList.TryParse("zabbix.example.com, proxy_1,127.0.0.1, a-b.", out var list, out _));
        Assert.Equal(["zabbix.example.com", "proxy_1", "a-b."], list.Names);
    }

    [Theory]
    [InlineData("", AllowListFault.EmptyEntry, 0, "")]
    [InlineData("127.0.0.1,", AllowListFault.EmptyEntry, 10, "")]
    [InlineData("127.0.0.1, ,::1", AllowListFault.EmptyEntry, 10, "")]
    [InlineData("::1,  10.0.0.300 ", AllowListFault.BadAddress, 6, "10.0.0.300")]
    [InlineData("127.1", AllowListFault.BadAddress, 0, "127.1")]
    [InlineData("010.0.0.1", AllowListFault.BadAddress, 0, "010.0.0.1")]
    [InlineData("[::1]", AllowListFault.BadAddress, 0, "[::1]")]
    [InlineData("fe80::1%eth0", AllowListFault.BadAddress, 0, "fe80::1%eth0")]
    [InlineData("127.0.0.1:10050", AllowListFault.BadAddress, 0, "127.0.0.1:10050")]
    [InlineData("zabbix.example.com/24", AllowListFault.BadAddress, 0, "zabbix.example.com/24")]
    [InlineData("10.0.0.0/33", AllowListFault.BadPrefix, 0, "10.0.0.0/33")]
    [InlineData("10.0.0.0/", AllowListFault.BadPrefix, 0, "10.0.0.0/")]
    [InlineData("10.0.0.0/-1", AllowListFault.BadPrefix, 0, "10.0.0.0/-1")]
    [InlineData("10.0.0.0/ 8", AllowListFault.BadPrefix, 0, "10.0.0.0/ 8")]
    [InlineData("::/129", AllowListFault.BadPrefix, 0, "::/129")]
    [InlineData("10.0.0.1 10.0.0.2", AllowListFault.BadName, 0, "10.0.0.1 10.0.0.2")]
    [InlineData("a..b", AllowListFault.BadName, 0, "a..b")]
    [InlineData("-a", AllowListFault.BadName, 0, "-a")]
    [InlineData("服务器", AllowListFault.BadName, 0, "服务器")]
    public void What_is_wrong_is_told_with_its_place(string text, AllowListFault fault, int position, string entry)
    {
        Assert.False(AllowList.TryParse(text, out var list, out var problem));
        Assert.Null(list);
        Assert.Equal(new AllowListProblem(fault, position, entry), problem);
        Assert.Contains(entry, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_has_a_limit()
    {
        string full = string.Join(',', Enumerable.Range(0, AllowList.EntriesMaximum).Select(i => $"10.0.0.{i}"));
        Assert.True(AllowList.TryParse(full, out _, out _));
        Assert.False(AllowList.TryParse(full + ",::1", out _, out var problem));
        Assert.Equal(AllowListFault.TooManyEntries, problem.Fault);
    }
}
