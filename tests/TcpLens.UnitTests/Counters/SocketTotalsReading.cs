using CsCheck;
using TcpLens.Linux.Counters;
using Xunit;

namespace TcpLens.UnitTests.Counters;

public sealed class SocketTotalsReading : IDisposable
{
    private const string Sockstat4 = """
        sockets: used 311
        TCP: inuse 12 orphan 3 tw 14 alloc 29 mem 7
        UDP: inuse 5 mem 2

        """;

    private const string Sockstat6 = """
        TCP6: inuse 6
        UDP6: inuse 4

        """;

    private readonly DirectoryInfo _net = Directory.CreateTempSubdirectory("tcplens-");

    public void Dispose() => _net.Delete(recursive: true);

    [Fact]
    public void Both_families_and_the_small_sockets_are_read()
    {
        Write("sockstat", Sockstat4);
        Write("sockstat6", Sockstat6);
        Assert.True(SocketTotals.TryRead(_net.FullName, out var totals));
        Assert.Equal(new SocketTotals(12, 6, 14, 3), totals);
    }

    [Fact]
    public void Without_IPv6_its_total_is_zero()
    {
        Write("sockstat", Sockstat4);
        Assert.True(SocketTotals.TryRead(_net.FullName, out var totals));
        Assert.Equal(0, totals.InUseIPv6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("TCP: inuse 12 orphan 3\n")]
    [InlineData("TCP: inuse 12 orphan 3 tw 14")]
    [InlineData("TCP: inuse x orphan 3 tw 4\n")]
    [InlineData("UDP: inuse 1 mem 2\n")]
    public void Totals_that_are_not_told_are_a_failure_not_a_zero(string? sockstat)
    {
        if (sockstat is not null)
            Write("sockstat", sockstat);
        Assert.False(SocketTotals.TryRead(_net.FullName, out _));
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception() =>
        Mutated.Of(Sockstat4).Sample(text => { _ = Sockstat.TryParse(text, "TCP:"u8, out _); });

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_net.FullName, name), text);
}
