using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Linux.Counters;
using Xunit;

namespace TcpLens.UnitTests.Diagnosis;

/// <summary>
/// What no network namespace has of its own is shown to the rules as the kernel's files: tcp_tw_recycle (gone since Linux 4.12), and the limits
/// of the whole machine (tcp_mem, tcp_max_orphans), which no test may change.
/// </summary>
public sealed class SettingsAsFiles : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tcplens-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void An_old_kernel_with_tcp_tw_recycle()
    {
        Write("sys/ipv4/tcp_tw_recycle", "1\n");
        Assert.Equal(Severity.Critical, Judge("tcp_tw_recycle").Level);
    }

    [Fact]
    public void A_machine_with_many_orphans()
    {
        Write("sys/ipv4/tcp_max_orphans", "1000\n");
        Write("net/sockstat", "sockets: used 900\nTCP: inuse 20 orphan 600 tw 0 alloc 700 mem 90\n");
        var finding = Judge("orphans");
        Assert.Equal((Severity.Critical, "Orphans: 600 of 1,000 (60 %)."), (finding.Level, finding.Sentence.English));
    }

    [Fact]
    public void A_machine_whose_TCP_memory_is_under_pressure_and_then_full()
    {
        Write("sys/ipv4/tcp_mem", "1000\t1500\t2000\n");
        Write("net/sockstat", "sockets: used 900\nTCP: inuse 20 orphan 0 tw 0 alloc 700 mem 1600\n");
        Assert.Equal(Severity.Warning, Judge("tcp_memory").Level);
        Write("net/sockstat", "sockets: used 900\nTCP: inuse 20 orphan 0 tw 0 alloc 700 mem 1900\n");
        Assert.Equal(Severity.Critical, Judge("tcp_memory").Level);
    }

    [Fact]
    public void A_packet_filter_that_follows_almost_all_it_can()
    {
        Write("sys/netfilter/nf_conntrack_max", "1000\n");
        Write("sys/netfilter/nf_conntrack_count", "950\n");
        Assert.Equal(Severity.Critical, Judge("conntrack").Level);
    }

    private Finding Judge(string rule)
    {
        KernelLimits limits = new KernelLimitsReader(Path.Combine(_root.FullName, "sys")).Read();
        KernelCounters counters = new KernelCounterReader().Read(Path.Combine(_root.FullName, "net"));
        return Assert.Single(new Scene { Limits = limits, Counters = counters, IsFirstReading = true }.Judge(rule).Findings);
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
