using System.Text;
using CsCheck;
using TcpLens.Core.Owners;
using TcpLens.Linux.Interop;
using TcpLens.Linux.Owners;
using TcpLens.UnitTests.Counters;
using Xunit;

namespace TcpLens.UnitTests.Owners;

public sealed class OwnerParsers
{
    private const string Stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 123456 1000 20";

    [Fact]
    public void A_process_may_have_any_name()
    {
        Assert.True(ProcessStat.TryParse(Encoding.UTF8.GetBytes(Stat), out var name, out ulong start));
        Assert.Equal("a) b (c", Encoding.UTF8.GetString(name));
        Assert.Equal(123456UL, start);
    }

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("42 (name")]
    [InlineData("42 )name(")]
    [InlineData("42 (name) S 1 2 3")]
    public void A_line_that_is_cut_is_refused(string line) => Assert.False(ProcessStat.TryParse(Encoding.UTF8.GetBytes(line), out _, out _));

    [Theory]
    [InlineData("socket:[4711]", 4711u)]
    [InlineData("socket:[4294967295]", 4294967295u)]
    public void A_descriptor_of_a_socket_tells_its_inode(string link, uint inode)
    {
        Assert.True(SocketLink.TryParse(Encoding.UTF8.GetBytes(link), out uint read));
        Assert.Equal(inode, read);
    }

    [Theory]
    [InlineData("pipe:[4711]")]
    [InlineData("socket:[]")]
    [InlineData("socket:[12x]")]
    [InlineData("socket:[4294967296]")]
    [InlineData("socket:[")]
    [InlineData("/tmp/socket:[1]")]
    public void Any_other_link_is_no_socket(string link) => Assert.False(SocketLink.TryParse(Encoding.UTF8.GetBytes(link), out _));

    [Fact]
    public void Any_bytes_are_read_without_an_exception()
    {
        Mutated.Of(Stat).Sample(text => { _ = ProcessStat.TryParse(text, out _, out _); });
        Mutated.Of("socket:[4711]").Sample(text => { _ = SocketLink.TryParse(text, out _); });
    }

    [Theory]
    [InlineData(100, 37, 0, 5, "37 %", "CAP_SYS_PTRACE")]
    [InlineData(1000, 1, 0, 5, "1 %", "or CAP_BPF and CAP_PERFMON")]
    [InlineData(1000, 999, 0, 0, "99 %", "no process shows")]
    [InlineData(10, 0, 10, 5, "100 %", "TIME_WAIT")]
    public void What_is_missing_is_said_with_its_share(long all, long held, long kernel, int denied, string share, string why)
    {
        var reason = new OwnerGap(all, held, kernel, denied, false).Reason;
        Assert.Contains(share, reason?.English);
        Assert.Contains(why, reason?.English);
    }

    [Fact]
    public void Both_reasons_are_said_each_with_its_share() => Assert.Equal(
        "2 % of the sockets are without owner: the descriptors of 7 processes may not be seen; needs CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, or CAP_BPF and CAP_PERFMON (run as root); "
        + "90 % of the sockets are without owner: only the kernel holds them (TIME_WAIT, orphans), and nobody was seen to hold them before",
        new OwnerGap(100, 2, 90, 7, false).Reason?.English);

    [Fact]
    public void Who_may_use_eBPF_where_it_does_not_tell_is_not_sent_for_it() => Assert.EndsWith(
        "needs CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH (run as root), because eBPF does not tell here: too old",
        new OwnerGap(100, 2, 0, 7, false, TcpLens.Core.Text.Phrase.Same("too old")).Reason?.English);

    [Theory]
    [InlineData("4711\t0\t9223372036854775807\n", 4711L)]
    [InlineData("", null)]
    [InlineData("\t1", null)]
    public void The_open_files_of_the_machine_are_the_first_number(string text, long? files) =>
        Assert.Equal(files, KernelHolders.TryParseOpenFiles(Encoding.UTF8.GetBytes(text), out long found) ? found : null);

    [Fact]
    public void Nothing_is_said_when_nothing_is_missing() => Assert.Null(new OwnerGap(10, 0, 0, 100, true).Reason);
}
