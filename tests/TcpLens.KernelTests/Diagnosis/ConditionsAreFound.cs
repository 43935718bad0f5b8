using System.Net;
using System.Net.Sockets;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.TestKit;
using Xunit;

namespace TcpLens.KernelTests.Diagnosis;

/// <summary>
/// Conditions made for real, in a namespace of their own: the rule finds them with the right numbers, and the finding goes when the condition
/// goes. What a namespace does not have (tcp_tw_recycle, tcp_mem, tcp_max_orphans) is shown to the rules as files instead, by the unit tests.
/// </summary>
public sealed class ConditionsAreFound
{
    public ConditionsAreFound() => Require.Root();

    [Fact]
    public void A_SYN_flood_that_is_answered_by_cookies()
    {
        using var ward = new Ward();
        var listener = ward.Listen(backlog: 16);
        using (var flood = new SynFlood(ward, Ward.PortOf(listener)))
        {
            var finding = ward.Await("syn_flood", () => flood.Send(100));
            Assert.Equal((Severity.Warning, Ward.PortOf(listener).ToString()), (finding.Level, finding.Subject.Key));
            Assert.Equal(0, Ward.Of(finding, "cookies_returned"));
            Assert.True(Ward.Of(finding, "cookies_sent") > 10);
            // However many SYNs come, no more than the backlog are ever seen.
            Assert.InRange(Ward.Of(finding, "syn_recv"), 16, 17);
            Assert.Contains("spoofed", finding.Cause.English, StringComparison.Ordinal);
        }

        listener.Dispose();
        ward.AwaitEnd("syn_flood");
    }

    [Fact]
    public void A_SYN_flood_without_cookies()
    {
        using var ward = new Ward();
        ward.Set("ipv4/tcp_syncookies", "0");
        var listener = ward.Listen(backlog: 16);
        using (var flood = new SynFlood(ward, Ward.PortOf(listener)))
        {
            var finding = ward.Await("syn_flood", () => flood.Send(100));
            Assert.Equal((Severity.Critical, Ward.PortOf(listener).ToString()), (finding.Level, finding.Subject.Key));
            Assert.True(Ward.Of(finding, "syns_dropped") > 10);
        }

        Assert.Contains(ward.Look().Open, one => one.Finding.Rule == "tcp_syncookies");
        listener.Dispose();
        ward.AwaitEnd("syn_flood");
    }

    [Fact]
    public void Clients_that_do_not_answer_the_SYN_ACK()
    {
        using var ward = new Ward();
        ward.Lab.Hold(TcpState.SynRecv, 30);
        var finding = ward.Await("slow_handshakes");
        Assert.Equal((30, 30), (Ward.Of(finding, "repeated"), Ward.Of(finding, "syn_recv")));
    }

    [Fact]
    public void A_backlog_that_fills_with_half_open_connections()
    {
        using var ward = new Ward();
        var listener = ward.Listen(backlog: 64);
        using var flood = new SynFlood(ward, Ward.PortOf(listener));
        flood.Send(40);
        var finding = ward.Await("syn_backlog");
        Assert.Equal((Ward.PortOf(listener).ToString(), 40, 64), (finding.Subject.Key, Ward.Of(finding, "syn_recv"), Ward.Of(finding, "backlog")));
        listener.Dispose();
        ward.AwaitEnd("syn_backlog");
    }

    [Fact]
    public void A_program_that_does_not_accept()
    {
        using var ward = new Ward();
        var listener = ward.Listen(backlog: 4);
        var callers = Enumerable.Range(0, 5).Select(_ => ward.Connect(listener)).ToList();
        ward.Look();
        for (int i = 0; i < 10; i++)
            ward.Knock(new IPEndPoint(IPAddress.Loopback, Ward.PortOf(listener)));
        var finding = ward.Await("accept_queue");
        Assert.Equal((Severity.Critical, Ward.PortOf(listener).ToString()), (finding.Level, finding.Subject.Key));
        Assert.Equal((5, 4, 5), (Ward.Of(finding, "accept_queue"), Ward.Of(finding, "accept_limit"), Ward.Of(finding, "unaccepted")));
        Assert.True(Ward.Of(finding, "overflows") > 0);

        // Clients that give up while they wait are no leak of the program.
        callers.ForEach(caller => caller.Dispose());
        ward.Pass(TimeSpan.FromMinutes(3));
        var health = ward.Look();
        Assert.DoesNotContain(health.Open, one => one.Finding.Rule == "close_wait_leak");
        Assert.Equal(5, Ward.Of(health.Open.First(one => one.Finding.Rule == "accept_queue").Finding, "gave_up"));
        ward.EndSockets();
        ward.AwaitEnd("accept_queue");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_program_that_does_not_close(int unreadBytes)
    {
        using var ward = new Ward();
        var pairs = ward.Converse(ward.Listen(backlog: 64), 12);
        foreach (var (client, _) in pairs)
        {
            if (unreadBytes > 0)
                client.Send(new byte[unreadBytes]);
            client.Dispose();
        }

        var finding = ward.Await("close_wait_leak");
        Assert.Equal((12, unreadBytes > 0 ? 12 : 0), (Ward.Of(finding, "close_wait"), Ward.Of(finding, "unread")));
        Assert.Equal(unreadBytes > 0, finding.Cause.English.Contains("stuck", StringComparison.Ordinal));
        ward.EndSockets();
        ward.AwaitEnd("close_wait_leak");
    }

    [Fact]
    public void A_program_that_closes_one_direction_and_waits()
    {
        using var ward = new Ward();
        var pairs = ward.Converse(ward.Listen(backlog: 64), 11);
        foreach (var (_, server) in pairs)
            server.Shutdown(SocketShutdown.Send);
        Assert.Equal(11, Ward.Of(ward.Await("fin_wait2_owned"), "fin_wait2_owned"));
        ward.EndSockets();
        ward.AwaitEnd("fin_wait2_owned");
    }

    [Fact]
    public void Peers_that_never_close()
    {
        using var ward = new Ward();
        ward.Set("ipv4/tcp_max_tw_buckets", "100");
        ward.Lab.HoldOrphanFinWait2(45);
        var finding = ward.Await("fin_wait2_orphaned");
        Assert.Equal((Severity.Warning, 45, 100), (finding.Level, Ward.Of(finding, "fin_wait2_orphaned"), Ward.Of(finding, "tcp_max_tw_buckets")));
    }

    [Fact]
    public void TIME_WAIT_that_reaches_its_limit()
    {
        using var ward = new Ward();
        ward.Set("ipv4/tcp_max_tw_buckets", "20");
        var listener = ward.Listen(backlog: 64);
        EndFirst(ward.Converse(listener, 17));
        var finding = ward.Await("time_wait_limit");
        Assert.Equal((Severity.Warning, 17, 20), (finding.Level, Ward.Of(finding, "time_wait"), Ward.Of(finding, "tcp_max_tw_buckets")));

        EndFirst(ward.Converse(listener, 10));
        ward.Look();
        finding = ward.Await("time_wait_limit");
        Assert.Equal(Severity.Critical, finding.Level);
        Assert.True(Ward.Of(finding, "skipped") > 0);
    }

    [Theory]
    [InlineData("0", Severity.Critical)]
    [InlineData("1", Severity.Notice)]
    public void Churn_to_one_destination_until_no_port_is_left(string reuse, Severity expected)
    {
        using var ward = new Ward();
        ward.Set("ipv4/ip_local_port_range", "40000 40019");
        ward.Set("ipv4/tcp_tw_reuse", "0");
        var listener = ward.Listen(backlog: 64, port: 8080);
        EndFirst(ward.Converse(listener, 20));
        var failure = Assert.Throws<SocketException>(() => ward.Connect(listener));
        Assert.Equal(SocketError.AddressNotAvailable, failure.SocketErrorCode);

        ward.Set("ipv4/tcp_tw_reuse", reuse);
        var finding = ward.Await("ephemeral_ports");
        Assert.Equal((expected, "127.0.0.1 > 127.0.0.1:8080"), (finding.Level, finding.Subject.Key));
        Assert.Equal((20, 20, 20), (Ward.Of(finding, "used"), Ward.Of(finding, "capacity"), Ward.Of(finding, "time_wait")));
        Assert.Equal(reuse == "1" ? 20 : 0, Ward.Of(finding, "reusable"));
    }

    [Fact]
    public void A_destination_that_does_not_answer()
    {
        using var ward = new Ward();
        for (int i = 0; i < 6; i++)
            ward.Knock(new IPEndPoint(IPAddress.Parse("10.9.9.9"), 5432));
        var finding = ward.Await("syn_sent_silent");
        Assert.Equal((Severity.Warning, "10.0.0.1 > 10.9.9.9:5432"), (finding.Level, finding.Subject.Key));
        Assert.Equal((6, 6, 0), (Ward.Of(finding, "unanswered"), Ward.Of(finding, "syn_sent"), Ward.Of(finding, "answered")));
        ward.EndSockets();
        ward.AwaitEnd("syn_sent_silent");
    }

    [Fact]
    public void A_backend_that_refuses()
    {
        using var ward = new Ward();
        ward.Look();
        var finding = ward.Await("connects_fail", () =>
        {
            for (int i = 0; i < 50; i++)
                Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => ward.NewSocket().Connect(IPAddress.Loopback, 1)).SocketErrorCode);
        });
        Assert.True(Ward.Of(finding, "failed") > 5);
        ward.AwaitEnd("connects_fail");
    }

    [Fact]
    public void More_resets_than_usual()
    {
        using var ward = new Ward();
        ward.Look();
        ward.Pass(TimeSpan.FromMinutes(10));
        ward.Look();
        var finding = ward.Await("resets", () =>
        {
            ward.Pass(TimeSpan.FromSeconds(1));
            for (int i = 0; i < 500; i++)
                Assert.Throws<SocketException>(() => ward.NewSocket().Connect(IPAddress.Loopback, 1));
        });
        Assert.True(Ward.Of(finding, "resets") >= 50);
        ward.AwaitEnd("resets");
    }

    [Fact]
    public void Peers_that_vanish_while_connections_end()
    {
        using var ward = new Ward();
        ward.Lab.Hold(TcpState.FinWait1, 25);
        ward.Lab.Hold(TcpState.LastAck, 22);
        ward.Lab.Hold(TcpState.Closing, 6);
        Assert.Equal(25, Ward.Of(ward.Await("fin_wait1_stuck"), "fin_wait1"));
        Assert.Equal(22, Ward.Of(ward.Await("last_ack_stuck"), "last_ack"));
        Assert.Equal(6, Ward.Of(ward.Await("closing_stuck"), "closing"));
    }

    /// <summary>A filter at the other end drops whatever comes: that end is there, and does not answer.</summary>
    [Fact]
    public void Peers_that_fall_silent_while_connections_are_open()
    {
        using var ward = new Ward();
        var listener = ward.Listen(backlog: 32);
        var pairs = ward.Converse(listener, 21);
        ward.Look();
        foreach (var (client, server) in pairs)
        {
            Ward.DropAll(server);
            client.Send("hello"u8);
        }

        var finding = ward.Await("established_silent");
        Assert.Equal((21, 42), (Ward.Of(finding, "silent"), Ward.Of(finding, "established")));
        ward.EndSockets();
        ward.AwaitEnd("established_silent");
    }

    /// <summary>Two hours are two seconds here; the kernel counts them.</summary>
    [Fact]
    public void Connections_that_nobody_uses_and_nobody_closes()
    {
        using var ward = new Ward { Thresholds = new() { IdleAge = TimeSpan.FromSeconds(2), IdleCount = 10 } };
        var listener = ward.Listen(backlog: 128);
        string port = Ward.PortOf(listener).ToString();
        var (client, server) = ward.Converse(listener, 1)[0];
        foreach (var (one, other) in ward.Converse(listener, 3))
        {
            one.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            other.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        }

        // A pool at rest stays as it is.
        ward.Converse(listener, 12);
        for (int i = 0; i < 3; i++)
            Assert.Empty(Look(24).Open);

        for (int i = 1; i <= 5; i++)
        {
            ward.Converse(listener, 6);
            Look(24 + (12 * i));
        }

        ward.Pass(TimeSpan.FromSeconds(2));
        var findings = ward.Look().Open.Where(one => one.Finding.Rule == "established_idle").Select(one => one.Finding).ToList();
        Assert.Equal([(SubjectKind.Port, port), (SubjectKind.Destination, $"127.0.0.1 > 127.0.0.1:{port}")], findings.Select(one => (one.Subject.Kind, one.Subject.Key)).OrderBy(one => one.Kind));
        Assert.All(findings, one =>
        {
            Assert.Equal((Severity.Warning, 42, 12, 46), (one.Level, Ward.Of(one, "idle"), Ward.Of(one, "idle_before"), Ward.Of(one, "established")));
            Assert.InRange(Ward.Of(one, "longest"), 2, 600);
            Assert.Contains("3 more are silent with keepalive", one.RuledOut[1].English, StringComparison.Ordinal);
        });
        ward.EndSockets();
        ward.AwaitEnd("established_idle");

        Health Look(int silent)
        {
            ward.AwaitIdle(silent, () =>
            {
                client.Send("hello"u8);
                server.Receive(new byte[16]);
            });
            ward.Pass(TimeSpan.FromMinutes(10));
            return ward.Look();
        }
    }

    [Fact]
    public void Connections_that_begin_and_end_between_readings_are_remarked_and_no_finding()
    {
        using var ward = new Ward();
        var listener = ward.Listen(backlog: 64);
        ward.Converse(listener, 20);
        ward.Look();
        var before = ward.Read().States;
        for (int i = 0; i < 150; i++)
        {
            var (client, server) = ward.Converse(listener, 1)[0];
            Ward.Abort(client);
            Ward.Abort(server);
        }

        // Each end is a connection of this namespace; the forty that are open may be new ones for all that two readings tell.
        Assert.Equal(150 + 150 - 40, Churn.Between(before, ward.Read().States, TimeSpan.FromSeconds(1))!.Value.PerSecond);
        ward.AssertNothingBut();
        before = ward.Read().States;
        EndFirst(ward.Converse(listener, 150));
        Assert.Null(Churn.Between(before, ward.Read().States, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_service_that_ends()
    {
        using var ward = new Ward();
        var listener = ward.Listen(backlog: 4, port: 8080);
        ward.Look();
        ward.Pass(TimeSpan.FromSeconds(61));
        ward.Look();
        listener.Dispose();
        var finding = ward.Await("listener_gone", () => ward.Pass(TimeSpan.FromSeconds(1)));
        Assert.Equal("8080", finding.Subject.Key);
        ward.Listen(backlog: 4, port: 8080);
        ward.AwaitEnd("listener_gone");
    }

    [Fact]
    public void Settings_that_harm()
    {
        using var ward = new Ward();
        ward.Set("ipv4/tcp_abort_on_overflow", "1");
        ward.Set("ipv4/tcp_tw_reuse", "1");
        ward.Set("ipv4/tcp_timestamps", "0");
        Assert.Equal(1, Ward.Of(ward.Await("tcp_abort_on_overflow"), "tcp_abort_on_overflow"));
        Assert.Equal(0, Ward.Of(ward.Await("tcp_tw_reuse"), "tcp_timestamps"));
        ward.Set("ipv4/tcp_abort_on_overflow", "0");
        ward.AwaitEnd("tcp_abort_on_overflow");
    }

    [Fact]
    public void A_host_that_is_busy_and_well_gives_no_finding()
    {
        using var ward = new Ward();
        var listener = ward.Listen(backlog: 511);
        // Long connections, short ones from either side, and some that are only now being opened or closed.
        ward.Converse(listener, 200);
        for (int round = 0; round < 20; round++)
        {
            EndFirst(ward.Converse(listener, 50));
            foreach (var (client, server) in ward.Converse(listener, 50))
            {
                server.Dispose();
                client.Dispose();
            }

            Assert.Empty(ward.Look().Open);
        }

        ward.AssertNothingBut();
    }

    private static void EndFirst((Socket Client, Socket Server)[] pairs)
    {
        foreach (var (client, server) in pairs)
        {
            client.Dispose();
            server.Dispose();
        }
    }
}
