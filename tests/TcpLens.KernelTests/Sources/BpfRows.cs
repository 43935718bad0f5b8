using System.Net;
using System.Net.Sockets;
using TcpLens.Core.Model;
using TcpLens.Core.Sources;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Bpf;
using TcpLens.Linux.Lab;
using TcpLens.Linux.Reading;
using TcpLens.Linux.SockDiag;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Sources;

/// <summary>What the walk in the kernel tells of single sockets, and counts by key, against netlink.</summary>
public sealed class BpfRows
{
    public static TheoryData<SocketKey> Keys =>
    [
        new SocketKey(SocketKeyKind.LocalPort), new SocketKey(SocketKeyKind.RemotePort), new SocketKey(SocketKeyKind.Cgroup), new SocketKey(SocketKeyKind.RemotePrefix),
        new SocketKey(SocketKeyKind.RemotePrefix, 24, 64), new SocketKey(SocketKeyKind.RemotePrefix, 0, 0), new SocketKey(SocketKeyKind.RemotePrefix, 31, 127),
    ];

    [Fact]
    public void A_row_tells_every_field_that_netlink_tells()
    {
        Require.Root();
        using var lab = EveryState(6);
        using var unread = Conversation(lab);
        foreach (var source in Sources())
        {
            using (source)
            {
                var bySource = Listed(lab, source);
                var byNetlink = Listed(lab, new SockDiagSource());
                // Between the two passes time goes on: a timer that has fired begins anew.
                Assert.Equal(string.Join('\n', byNetlink.Select(socket => Still(socket))), string.Join('\n', bySource.Select(socket => Still(socket))));
                Assert.All(byNetlink.Zip(bySource).Where(pair => pair.First.Timer == SocketTimer.TimeWait), pair => Assert.InRange(pair.Second.TimerMilliseconds, pair.First.TimerMilliseconds, pair.First.TimerMilliseconds + 20_000));
                Assert.Contains(bySource, socket => socket is { State: TcpState.Established, ReceiveQueue: 5 });
                Assert.Contains(bySource, socket => socket is { State: TcpState.Listen, ReceiveQueue: 1, SendQueue: 9 });
                Assert.Contains(bySource, socket => socket.Timer == SocketTimer.KeepAlive);
                Assert.Contains(bySource, socket => socket.CgroupId > 0);
            }
        }
    }

    [Fact]
    public void What_an_owner_is_known_by_is_told_of_every_socket()
    {
        Require.Root();
        using var lab = EveryState(6);
        using var unread = Conversation(lab);
        string byNetlink = Known(Listed(lab, new SockDiagSource()));
        foreach (var source in Sources())
        {
            using (source)
            {
                var rows = new Rows(SocketDetail.Owners);
                var all = Listed(lab, source, rows);
                Assert.Equal(byNetlink, Known(all));
                Assert.All(all.Where(socket => socket.Timer == SocketTimer.TimeWait), socket => Assert.InRange(socket.TimerMilliseconds, 1u, 60_000u));
                Assert.Contains(all, socket => socket is { State: TcpState.Listen, ReceiveQueue: 1, SendQueue: 9 });
            }
        }

        static string Known(List<SocketRecord> all) => string.Join('\n', all.Select(socket =>
            $"{socket.State} {socket.Family} {socket.Local} {socket.Remote} {socket.Inode} {(socket.Inode == 0 ? 0 : socket.UserId)} {socket.CgroupId}"));
    }

    [Fact]
    public void The_signs_of_a_detailed_reading_are_those_that_netlink_sees()
    {
        Require.Root();
        using var lab = EveryState(8);
        using var unread = Conversation(lab);
        using var byBpf = new HostReader(TimeProvider.System, SourceChoice.Bpf);
        using var byNetlink = new HostReader(TimeProvider.System, SourceChoice.Netlink);
        // A second or two until the kernel repeats what nobody answers.
        long begin = TimeProvider.System.GetTimestamp();
        while (lab.Run(() => byNetlink.ReadDetailed()).Signs is { RepeatedSynRecv: 0 } or { UnansweredSynSent: 0 })
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromMinutes(1), "nothing was repeated");
            Thread.Sleep(50);
        }

        // While one of them is read the next repetition may come: the same twice is the same.
        for (int attempt = 0; ; attempt++)
        {
            var before = lab.Run(() => byNetlink.ReadDetailed()).Signs;
            var signs = lab.Run(() => byBpf.ReadDetailed()).Signs;
            if (lab.Run(() => byNetlink.ReadDetailed()).Signs != before && attempt < 20)
                continue;
            Assert.Equal(before, signs);
            Assert.True(signs.UnacceptedEstablished > 0);
            break;
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Counts_by_key_are_those_of_the_sockets_themselves(SocketKey key)
    {
        Require.Root();
        using var lab = EveryState(30);
        lab.Hold(TcpState.Established, 2_000);
        lab.HoldReusePortListeners(3);
        foreach (var states in (StateMask[])[StateMask.All, default(StateMask).With(TcpState.SynRecv).With(TcpState.TimeWait), default(StateMask).With(TcpState.Listen)])
        {
            var expected = new KeyCounts();
            using var netlink = new StateReader(TimeProvider.System, SourceChoice.Netlink);
            lab.Run(() => netlink.Count(key, states, expected));
            Assert.True(expected.Sum > 0);
            foreach (var source in Sources())
            {
                var counted = new KeyCounts();
                using (source)
                    Assert.Equal(Completeness.Complete, lab.Run(() => source.Count(key, states, counted)).Completeness);
                Assert.Equal(expected.ToString(), counted.ToString());
                Assert.Equal(0, counted.Others);
            }
        }
    }

    [Fact]
    public void More_keys_than_one_run_can_tell_are_told_by_several()
    {
        Require.Root();
        Require.Kernel(6, 1, "older kernels keep one table for all namespaces");
        var (expected, counted) = BpfWalk.WithOwnTable(16, () =>
        {
            File.WriteAllText("/proc/sys/net/ipv4/tcp_max_tw_buckets", "100000");
            File.WriteAllText("/proc/sys/net/ipv4/tcp_tw_reuse", "0");
            Leave(9_000);
            var states = default(StateMask).With(TcpState.TimeWait);
            var key = new SocketKey(SocketKeyKind.LocalPort);
            var (byNetlink, byWalk) = (new KeyCounts(), new KeyCounts());
            using var netlink = new StateReader(TimeProvider.System, SourceChoice.Netlink);
            using var walk = new BpfSource();
            netlink.Count(key, states, byNetlink);
            walk.Count(key, states, byWalk);
            return (byNetlink, byWalk);
        });
        // Under load a handful end otherwise; there are still more keys than one run has room for.
        Assert.True(counted.Sum > WalkLayout.GroupsMaximum, $"only {counted.Sum} are left");
        Assert.Equal(0, counted.Others);
        Assert.Equal(expected.ToString(), counted.ToString());
    }

    // So many sockets in TIME_WAIT, each with a port of its own.
    private static void Leave(int count)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(16);
        for (int i = 0; i < count; i++)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(listener.LocalEndPoint!);
            using var server = listener.Accept();
            client.Close();
        }
    }

    private static BpfSource[] Sources() => [new(), new(new SockDiagSource(), BpfWalk.LoadForOlder)];

    private static StateLab EveryState(int count)
    {
        var lab = StateLab.Create();
        foreach (var family in Enum.GetValues<LabFamily>())
        {
            foreach (var info in TcpStates.All)
                lab.Hold(info.State, count, family);
            lab.HoldOrphanFinWait2(count, family);
        }

        return lab;
    }

    // Unread data, a keepalive timer, and a connection that nobody accepts.
    private static Sockets Conversation(StateLab lab) => lab.Run(() =>
    {
        FreshNamespace.Command("ip", "link", "set", "lo", "up");
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(9);
        var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        first.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        first.Connect(listener.LocalEndPoint!);
        var accepted = listener.Accept();
        first.Send("hello"u8);
        var waiting = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        waiting.Connect(listener.LocalEndPoint!);
        while (accepted.Available < 5)
            Thread.Yield();
        return new Sockets([waiting, first, accepted, listener]);
    });

    private static List<SocketRecord> Listed(StateLab lab, ISocketSource source) => Listed(lab, source, new Rows(SocketDetail.All));

    private static List<SocketRecord> Listed(StateLab lab, ISocketSource source, Rows rows)
    {
        lab.Run(() => source.Read(StateMask.All, rows));
        return [.. rows.All.OrderBy(socket => socket.State).ThenBy(socket => socket.Family).ThenBy(socket => socket.Local.Address).ThenBy(socket => socket.Local.Port)
            .ThenBy(socket => socket.Remote.Address).ThenBy(socket => socket.Remote.Port).ThenBy(socket => socket.Inode)];
    }

    // Nobody owns what has no inode; then kernels differ in the user that they tell. Repetitions come while one reads.
    private static SocketRecord Still(in SocketRecord socket) => socket with { TimerMilliseconds = 0, Retransmits = 0, UserId = socket.Inode == 0 ? 0 : socket.UserId };

    private sealed class Rows(SocketDetail detail) : ISocketSink
    {
        public SocketDetail Detail => detail;

        public List<SocketRecord> All { get; } = [];

        public bool Take(in SocketRecord socket)
        {
            All.Add(socket);
            return true;
        }
    }

    private sealed class Sockets(Socket[] sockets) : IDisposable
    {
        public void Dispose() => Array.ForEach(sockets, socket => socket.Dispose());
    }
}
