using System.Text;
using CsCheck;
using TcpLens.Core.Model;
using TcpLens.Linux.Counters;
using Xunit;

namespace TcpLens.UnitTests.Counters;

public sealed class Settings : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tcplens-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("\n", "")]
    [InlineData("8080\n", "8080-8080")]
    [InlineData("1-5,7,9-10\n", "1-5 7-7 9-10")]
    [InlineData("0-65535", "0-65535")]
    public void Reserved_ports_are_read(string text, string ranges)
    {
        Assert.True(Setting.TryParsePortList(Encoding.ASCII.GetBytes(text), out var ports));
        Assert.Equal(ranges, string.Join(' ', ports.Select(range => $"{range.First}-{range.Last}")));
    }

    [Theory]
    [InlineData("5-1")]
    [InlineData("1,1")]
    [InlineData("1-3,2")]
    [InlineData("1,")]
    [InlineData("1-")]
    [InlineData("70000")]
    [InlineData("x")]
    public void A_port_list_that_no_kernel_writes_is_refused(string text) =>
        Assert.False(Setting.TryParsePortList(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Ports_left_for_connections_are_the_range_without_the_reserved_ones()
    {
        var limits = new KernelLimits { EphemeralPorts = new(32768, 60999), ReservedPorts = [new(1, 32768), new(40000, 40009), new(60999, 65535)] };
        Assert.Equal(28_232 - 1 - 10 - 1, limits.EphemeralPortCount);
        Assert.Equal(28_232, (limits with { ReservedPorts = default }).EphemeralPortCount);
        Assert.Null(KernelLimits.Unknown.EphemeralPortCount);
    }

    [Fact]
    public void Settings_that_are_there_are_read_and_the_others_are_null()
    {
        Write("ipv4/ip_local_port_range", "32768\t60999\n");
        Write("ipv4/ip_local_reserved_ports", "\n");
        Write("ipv4/tcp_mem", "287901\t383869\t575802\n");
        Write("ipv4/tcp_fin_timeout", "60\n");
        Write("ipv4/tcp_tw_reuse", "2\n");
        Write("ipv4/tcp_syncookies", "many\n");
        Write("core/somaxconn", "4096\n");
        var limits = new KernelLimitsReader(_root.FullName).Read();
        Assert.Equal(new PortRange(32768, 60999), limits.EphemeralPorts);
        Assert.Empty(limits.ReservedPorts);
        Assert.Equal(new TcpMemoryLimits(287901, 383869, 575802), limits.Memory);
        Assert.Equal(60, limits.FinTimeoutSeconds);
        Assert.Equal(2, limits.TimeWaitReuse);
        Assert.Equal(4096, limits.AcceptQueueMaximum);
        Assert.Null(limits.Syncookies);
        Assert.Null(limits.TimeWaitRecycle);
    }

    [Fact]
    public void The_longest_list_of_reserved_ports_is_read_whole()
    {
        Write("ipv4/ip_local_reserved_ports", string.Join(',', Enumerable.Range(0, 32_768).Select(i => (2 * i) + 1)) + "\n");
        Assert.Equal(32_768, new KernelLimitsReader(_root.FullName).Read().ReservedPorts.Length);
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception()
    {
        Mutated.Of("1-5,7,9148-9150\n").Sample(text => { _ = Setting.TryParsePortList(text, out _); });
        Mutated.Of("32768\t60999\n").Sample(text => { _ = Setting.TryParsePortRange(text, out _); });
        Mutated.Of("60\n").Sample(text => { _ = Setting.TryParseNumber(text, out _); });
        Mutated.Of("1 2 3\n").Sample(text => { _ = Setting.TryParseNumbers(text, new long[3]); });
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
