using System.Net;
using System.Net.Sockets;
using TcpLens.KernelTests.Namespaces;
using TcpLens.Linux.Counters;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Counters;

public sealed class CountersMove
{
    // A busy machine hands packets to ksoftirqd: what a call sends over loopback may arrive after it returned.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_full_accept_queue_is_counted_as_overflow_and_drop()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            var reader = new KernelCounterReader();
            Assert.Equal(0, reader.Read().ListenOverflows);
            using var listener = Listen(AddressFamily.InterNetwork, backlog: 1);
            var clients = new List<Socket>();
            for (int i = 0; i < 4; i++)
                clients.Add(Begin(listener));
            // A backlog of 1 holds two connections; the SYNs of the other two are dropped.
            var counters = reader.Read();
            Assert.True(SpinWait.SpinUntil(() => (counters = reader.Read()) is { ListenOverflows: >= 2, PassiveOpens: 2 }, s_patience), $"{counters.ListenOverflows} overflows, {counters.PassiveOpens} accepted");
            clients.ForEach(client => client.Dispose());
            Assert.Equal(counters.ListenOverflows, counters.ListenDrops);
            Assert.Equal(4, counters.ActiveOpens);
            return true;
        });
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public void Sockets_in_use_and_in_TIME_WAIT_are_told_by_family(AddressFamily family)
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var listener = Listen(family, backlog: 16);
            var pairs = new List<(Socket Client, Socket Server)>();
            for (int i = 0; i < 3; i++)
            {
                var client = Begin(listener);
                pairs.Add((client, listener.Accept()));
            }

            Assert.True(SocketTotals.TryRead(KernelCounterReader.OwnDirectory, out var open));
            Assert.Equal(7, family == AddressFamily.InterNetwork ? open.InUseIPv4 : open.InUseIPv6);
            Assert.Equal(0, family == AddressFamily.InterNetwork ? open.InUseIPv6 : open.InUseIPv4);
            Assert.Equal(6, new KernelCounterReader().Read().CurrentlyEstablished);
            foreach (var (client, server) in pairs)
            {
                client.Dispose();
                // Without it both ends might close at once, and both keep a TIME_WAIT.
                Assert.Equal(0, server.Receive(new byte[1]));
                server.Dispose();
            }

            SocketTotals closed = default;
            Assert.True(
                SpinWait.SpinUntil(() => SocketTotals.TryRead(KernelCounterReader.OwnDirectory, out closed) && closed.InUseIPv4 + closed.InUseIPv6 == 1 && closed.TimeWait == 3, s_patience),
                $"{closed}");
            Assert.Equal(3, new KernelCounterReader().Read().TimeWaitSockets);
            return true;
        });
    }

    [Fact]
    public void A_client_of_a_dual_stack_listener_is_in_use_in_both_families()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            using var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
            listener.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
            listener.Listen(4);
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port);
            using var server = listener.Accept();
            Assert.True(SocketTotals.TryRead(KernelCounterReader.OwnDirectory, out var totals));
            Assert.Equal((1, 2), (totals.InUseIPv4, totals.InUseIPv6));
            return true;
        });
    }

    [Fact]
    public void A_namespace_has_settings_of_its_own_and_the_global_ones_are_missing()
    {
        Require.Root();
        FreshNamespace.Run(() =>
        {
            File.WriteAllText("/proc/sys/net/ipv4/ip_local_port_range", "40000 40999");
            File.WriteAllText("/proc/sys/net/ipv4/ip_local_reserved_ports", "40010-40019,50000");
            File.WriteAllText("/proc/sys/net/ipv4/tcp_fin_timeout", "17");
            var limits = new KernelLimitsReader().Read();
            Assert.Equal(990, limits.EphemeralPortCount);
            Assert.Equal(17, limits.FinTimeoutSeconds);
            Assert.NotNull(limits.AcceptQueueMaximum);
            Assert.NotNull(limits.TimeWaitMaximum);
            Assert.NotNull(limits.Syncookies);
            Assert.Null(limits.Memory);
            Assert.Null(limits.OrphansMaximum);
            Assert.Null(limits.TimeWaitRecycle);
            return true;
        });
    }

    private static Socket Listen(AddressFamily family, int backlog)
    {
        var listener = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, 0));
        listener.Listen(backlog);
        return listener;
    }

    private static Socket Begin(Socket listener)
    {
        var client = new Socket(listener.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            client.Connect(listener.LocalEndPoint!);
        }
        catch (SocketException notYet) when (notYet.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // The handshake goes on in the kernel.
        }

        return client;
    }
}
