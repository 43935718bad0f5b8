using System.Text;
using CsCheck;
using TcpLens.Core.Model;
using TcpLens.Linux.Counters;
using Xunit;

namespace TcpLens.UnitTests.Counters;

public sealed class CounterTables
{
    private const string Snmp = """
        Ip: Forwarding DefaultTTL
        Ip: 1 64
        Tcp: RtoAlgorithm MaxConn ActiveOpens CurrEstab
        Tcp: 1 -1 28 4
        TcpExt: SyncookiesSent TW Unheard
        TcpExt: 7 9223372036854775807 3
        UdpLite: InDatagrams
        UdpLite: 0

        """;

    [Fact]
    public void A_group_is_found_by_its_label_and_keeps_every_counter()
    {
        var tcp = Parse("Tcp:", Snmp);
        Assert.Equal(["RtoAlgorithm", "MaxConn", "ActiveOpens", "CurrEstab"], tcp.Names.All);
        Assert.Equal([1, -1, 28, 4], tcp.Values);
    }

    [Fact]
    public void A_counter_that_nobody_knew_is_found_and_one_that_is_missing_is_null()
    {
        var counters = new KernelCounters { Tcp = Parse("Tcp:", Snmp), TcpExt = Parse("TcpExt:", Snmp) };
        Assert.Equal(3, counters.TcpExt["Unheard"]);
        Assert.Equal(28, counters.ActiveOpens);
        Assert.Equal(long.MaxValue, counters.TimeWaitEnded);
        Assert.Null(counters.ListenOverflows);
        Assert.Null(counters.ResetsSent);
    }

    [Fact]
    public void Names_are_made_once_for_all_readings()
    {
        var parser = new CounterTableParser("Tcp:");
        Assert.True(parser.TryParse(Encoding.ASCII.GetBytes(Snmp), out var first));
        Assert.True(parser.TryParse(Encoding.ASCII.GetBytes(Snmp.Replace("28", "29", StringComparison.Ordinal)), out var second));
        Assert.Same(first.Names, second.Names);
        Assert.Equal(29, second["ActiveOpens"]);
    }

    [Fact]
    public void Names_that_change_are_read_anew()
    {
        var parser = new CounterTableParser("Tcp:");
        Assert.True(parser.TryParse("Tcp: A B\nTcp: 1 2\n"u8, out _));
        Assert.True(parser.TryParse("Tcp: B C\nTcp: 3 4\n"u8, out var table));
        Assert.Equal(3, table["B"]);
        Assert.Null(table["A"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Tcp: A B\n")]
    [InlineData("Tcp: A B\nTcp: 1\n")]
    [InlineData("Tcp: A B\nTcp: 1 x\n")]
    [InlineData("Tcp: A B\nTcp: 1 99999999999999999999\n")]
    [InlineData("Tcp: A B\nTcp: 1 2")]
    public void A_group_that_is_not_whole_is_refused(string text) =>
        Assert.False(new CounterTableParser("Tcp:").TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void More_values_than_names_do_no_harm() => Assert.Equal([1], Parse("Tcp:", "Tcp: A\nTcp: 1 2 3\n").Values);

    [Fact]
    public void The_number_of_counters_has_a_limit()
    {
        string names = string.Join(' ', Enumerable.Range(0, CounterTableParser.MaxCounters + 10).Select(i => "C" + i));
        string values = string.Join(' ', Enumerable.Range(0, CounterTableParser.MaxCounters + 10));
        Assert.Equal(CounterTableParser.MaxCounters, Parse("Tcp:", $"Tcp: {names}\nTcp: {values}\n").Values.Length);
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception() =>
        Mutated.Of(Snmp).Sample(text => { _ = new CounterTableParser("Tcp:").TryParse(text, out _); });

    [Fact]
    public void A_text_cut_anywhere_tells_the_whole_group_or_nothing()
    {
        byte[] whole = Encoding.ASCII.GetBytes(Snmp);
        for (int length = 0; length <= whole.Length; length++)
        {
            if (new CounterTableParser("TcpExt:").TryParse(whole.AsSpan(0, length), out var table))
                Assert.Equal([7, long.MaxValue, 3], table.Values);
        }
    }

    private static CounterTable Parse(string label, string text)
    {
        Assert.True(new CounterTableParser(label).TryParse(Encoding.ASCII.GetBytes(text), out var table));
        return table;
    }
}
