using TcpLens.Linux.Counters;
using Xunit;

namespace TcpLens.UnitTests.Counters;

public sealed class KernelCounterReading : IDisposable
{
    private readonly DirectoryInfo _net = Directory.CreateTempSubdirectory("tcplens-");

    public void Dispose() => _net.Delete(recursive: true);

    [Fact]
    public void All_four_files_make_one_picture()
    {
        Write("sockstat", "TCP: inuse 12 orphan 3 tw 14 alloc 29 mem 7\n");
        Write("sockstat6", "TCP6: inuse 6\n");
        Write("snmp", "Tcp: ActiveOpens CurrEstab\nTcp: 28 4\n");
        Write("netstat", "TcpExt: ListenOverflows\nTcpExt: 5\nIpExt: InOctets\nIpExt: 1\n");
        var counters = new KernelCounterReader().Read(_net.FullName);
        Assert.Equal((12, 6, 14), (counters.InUseIPv4, counters.InUseIPv6, counters.TimeWaitSockets));
        Assert.Equal((3, 29, 7), (counters.Orphans, counters.Allocated, counters.MemoryPages));
        Assert.Equal((28, 4, 5), (counters.ActiveOpens, counters.CurrentlyEstablished, counters.ListenOverflows));
    }

    [Fact]
    public void Without_IPv6_its_sockets_are_zero()
    {
        Write("sockstat", "TCP: inuse 12 orphan 3 tw 14 alloc 29 mem 7\n");
        Assert.Equal(0, new KernelCounterReader().Read(_net.FullName).InUseIPv6);
    }

    [Fact]
    public void What_cannot_be_read_is_unknown_and_not_zero()
    {
        var counters = new KernelCounterReader().Read(Path.Combine(_net.FullName, "gone"));
        Assert.Null(counters.InUseIPv4);
        Assert.Null(counters.InUseIPv6);
        Assert.Null(counters.TimeWaitSockets);
        Assert.Null(counters.ActiveOpens);
        Assert.Null(counters.ListenOverflows);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_net.FullName, name), text);
}
