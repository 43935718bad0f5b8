using System.Net;
using System.Net.Sockets;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.KernelTests.Lab;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Reading;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Sources;

/// <summary>The walk over the table of local ports, which tells CLOSE of every namespace at once.</summary>
public sealed class BoundWalk
{
    /// <summary>More sockets of one port than the walk follows.</summary>
    private const int TooMany = 4200;

    [Fact]
    public void The_kernel_takes_it()
    {
        Require.Root();
        Assert.Null(HashWalk.TryLoad(out var walk));
        using (walk)
            Assert.Null(walk!.TryLoadBound()?.Reason.English);
    }

    [Theory]
    [InlineData(LabFamily.IPv4)]
    [InlineData(LabFamily.IPv6)]
    [InlineData(LabFamily.V4Mapped)]
    public void It_tells_what_netlink_tells(LabFamily family)
    {
        Require.Root();
        using var lab = StateLab.Create();
        foreach (var info in TcpStates.All)
            lab.Hold(info.State, 60, family);
        var counts = lab.Run(() => Walked());
        Assert.Equal(Readings.Table(lab.Expected, withClose: true), Readings.Table(counts!.ToCounts(), withClose: true));
    }

    [Fact]
    public void Standing_sockets_are_exact_while_others_come_and_go()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Close, 300, LabFamily.IPv6);
        using var churn = Churn.In(lab, Environment.ProcessorCount);
        using var source = new BpfSource();
        var counts = new NamespaceCounts();
        int walked = 0;
        while (lab.Run(() => Walked(source, counts)) is { } found)
        {
            walked++;
            Assert.Equal(300, found.ToCounts()[TcpState.Close]!.Value.Ipv6);
        }

        // By now TIME_WAIT has filled the port of the server with more than the walk follows, and netlink tells the rest.
        Assert.InRange(walked, 20, int.MaxValue);
        using var reader = new HostReader(TimeProvider.System, SourceChoice.Bpf);
        ulong inode = lab.Run(OwnInode);
        for (int i = 0; i < 20; i++)
            Assert.Equal(300, lab.Run(() => reader.Read(HostReader.All, countOthers: true)).Namespaces.Single(one => one.Id == inode).Reading!.Counts[TcpState.Close]!.Value.Ipv6);
    }

    [Fact]
    public void A_port_with_too_many_sockets_leaves_its_namespace_to_netlink_and_no_other_one()
    {
        Require.Root();
        using var lab = StateLab.Create();
        lab.Hold(TcpState.Close, 5);
        using var process = new LabProcess(lab);
        ulong inode = ulong.Parse(new FileInfo($"/proc/{process.Id}/ns/net").LinkTarget!["net:[".Length..^1]);
        List<Socket> sockets = [];
        try
        {
            var totals = FreshNamespace.Run(() =>
            {
                Crowd(sockets);
                Assert.Null(Walked());
                Assert.Equal(5, Walked(inode)!.ToCounts()[TcpState.Close]!.Value.Total);
                using var reader = new HostReader(TimeProvider.System, SourceChoice.Bpf);
                return reader.Read(HostReader.All, countOthers: true).Namespaces
                    .Where(one => one.Id == inode || one.Id == OwnInode()).Select(one => one.Reading!.Counts[TcpState.Close]!.Value.Total).Order().ToList();
            });
            Assert.Equal([1L, 5L], totals);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static void Crowd(List<Socket> sockets)
    {
        var listener = Open(sockets);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(16);
        for (int i = 0; i < TooMany; i++)
        {
            Open(sockets).Connect(listener.LocalEndPoint!);
            sockets.Add(listener.Accept());
        }

        Open(sockets).Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    private static Socket Open(List<Socket> sockets)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        sockets.Add(socket);
        return socket;
    }

    private static ulong OwnInode() => ulong.Parse(new FileInfo("/proc/thread-self/ns/net").LinkTarget!["net:[".Length..^1]);

    private static Census? Walked(ulong? inode = null)
    {
        using var source = new BpfSource();
        return Walked(source, new NamespaceCounts(), inode);
    }

    /// <summary>The counts of a namespace, the caller's own one unless another is told; null when CLOSE is not in them.</summary>
    private static Census? Walked(BpfSource source, NamespaceCounts counts, ulong? inode = null)
    {
        Assert.Equal(Completeness.Complete, source.ReadEveryNamespace(counts).Completeness);
        ulong one = inode ?? OwnInode();
        Assert.NotNull(counts[one]);
        return counts.HasBound(one) ? counts[one] : null;
    }
}
