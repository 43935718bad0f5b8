using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.UnitTests.Monitoring;
using TcpLens.UnitTests.Zabbix;

namespace TcpLens.UnitTests.Diagnosis;

/// <summary>One case at least for every rule, by the rule's id, with a word behind it where there are several.</summary>
internal static class AllCases
{
    private static readonly Scene s_first = new() { IsFirstReading = true };

    private static readonly Scene s_noLimits = new() { Limits = KernelLimits.Unknown, IsFirstReading = true };

    public static IReadOnlyDictionary<string, RuleCase> All { get; } = Queues.Concat(Closing).Concat(Outgoing).Concat(Machine).Concat(Settings).Concat(OwnerCases.All).Concat(IdleCases.All)
        .ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);

    private static IEnumerable<(string, RuleCase)> Queues =>
    [
        ("accept_queue", new()
        {
            Bad = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 101, 100), .. Waiting(101)], Rates = [("ListenOverflows", 7)] },
            Level = Severity.Critical,
            Subject = "443",
            Sentence = "Accept queue of port 443: 101 of 100, 7 overflows per second",
            Between = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 45, 100)] },
            Fine = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 30, 100), .. Scene.Established(1000)] },
            Missing = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 30, 0)], IsFirstReading = true },
        }),
        ("accept_queue capped", new()
        {
            Bad = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 4000, 4096)] },
            Level = Severity.Warning,
            Subject = "443",
            Sentence = "Accept queue of port 443: 4,000 of 4,096 (98 %).",
            Cause = "somaxconn (4096) caps its backlog",
        }),
        ("accept_queue between readings", new()
        {
            Bad = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 5)], Rates = [("ListenOverflows", 0.5)] },
            Level = Severity.Warning,
            Sentence = "An accept queue overflows, 0.5 times per second",
        }),
        ("syn_flood", new()
        {
            Bad = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 20), .. Scene.Many(21, TcpState.SynRecv)], Rates = [("SyncookiesSent", 1200), ("SyncookiesRecv", 3)] },
            Level = Severity.Warning,
            Subject = "443",
            Sentence = "1,200 SYN cookies per second are sent, 3 returned",
            Cause = "spoofed, a SYN flood",
            Between = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 20), .. Scene.Many(21, TcpState.SynRecv)], Rates = [("SyncookiesSent", 0.7)] },
            Fine = new() { Rates = [("SyncookiesSent", 0.3)] },
            Missing = s_first,
        }),
        ("syn_flood genuine", new()
        {
            Bad = new() { Rates = [("SyncookiesSent", 100), ("SyncookiesRecv", 95)] },
            Level = Severity.Warning,
            Sentence = "100 SYN cookies per second are sent, 95 returned",
            Cause = "real clients in a burst",
            Fine = new() { Rates = [("SyncookiesSent", 100)], Limits = SampleDetails.Limits with { Syncookies = 2 } },
        }),
        ("syn_flood without cookies", new()
        {
            Bad = new() { Rates = [("TCPReqQFullDrop", 40)], Limits = SampleDetails.Limits with { Syncookies = 0 } },
            Level = Severity.Critical,
            Sentence = "A SYN queue is full: 40 SYNs per second are dropped.",
            Cause = "SYN cookies are off",
            Between = new() { Rates = [("TCPReqQFullDrop", 0.6)] },
        }),
        ("syn_backlog", new()
        {
            Bad = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 20), .. Scene.Many(12, TcpState.SynRecv)] },
            Level = Severity.Warning,
            Subject = "443",
            Sentence = "SYN queue of port 443: 12 of 20 (60 %).",
            Between = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 20), .. Scene.Many(9, TcpState.SynRecv)] },
            Fine = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 4096), .. Scene.Many(1500, TcpState.SynRecv)] },
            Missing = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 0)] },
        }),
        ("syn_backlog without cookies", new()
        {
            Bad = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 4096), .. Scene.Many(200, TcpState.SynRecv)], Limits = SampleDetails.Limits with { Syncookies = 0, SynBacklogMaximum = 512 } },
            Level = Severity.Warning,
            Subject = "443",
            Sentence = "SYN queue of port 443: 200 of 384 (52 %).",
        }),
        ("slow_handshakes", new()
        {
            Bad = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 4096), .. Scene.Many(30, TcpState.SynRecv, socket => socket with { Retransmits = 2 })] },
            Level = Severity.Notice,
            Sentence = "30 of 30 half-open connections do not answer",
            Between = new() { Sockets = Scene.Many(18, TcpState.SynRecv, socket => socket with { Retransmits = 2 }) },
            Fine = new() { Sockets = [.. Scene.Many(30, TcpState.SynRecv, socket => socket with { Retransmits = 1 }), .. Scene.Many(70, TcpState.SynRecv)] },
        }),
        ("listener_gone", new()
        {
            Bad = new() { Gone = [new(8080, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(12))] },
            Level = Severity.Warning,
            Subject = "8080",
            Sentence = "Nobody listens on port 8080 any more.",
        }),
    ];

    private static IEnumerable<(string, RuleCase)> Closing =>
    [
        ("close_wait_leak", new()
        {
            Bad = new() { Sockets = [.. Scene.Established(30), .. Scene.Many(10, TcpState.CloseWait)] },
            Level = Severity.Warning,
            Sentence = "10 sockets in CLOSE_WAIT, 25 % of the connections",
            Between = new() { Sockets = [.. Scene.Established(40), .. Scene.Many(9, TcpState.CloseWait)] },
            // Clients that gave up in the accept queue are no leak.
            Fine = new() { Sockets = [.. Scene.Established(30), .. Scene.Many(100, TcpState.CloseWait, socket => socket with { Inode = 0 })] },
        }),
        ("close_wait_leak grows", new()
        {
            Bad = new()
            {
                Sockets = [.. Scene.Established(30), .. Scene.Many(80, TcpState.CloseWait, socket => socket with { ReceiveQueue = 900 })],
                Before = [.. Enumerable.Range(0, 35).Select(i => Leaking(20 + i))],
            },
            Level = Severity.Critical,
            Sentence = "80 sockets in CLOSE_WAIT",
            Cause = "stuck or gone",
        }),
        ("fin_wait2_owned", new()
        {
            Bad = new() { Sockets = Scene.Many(10, TcpState.FinWait2) },
            Level = Severity.Notice,
            Sentence = "10 sockets in FIN_WAIT2 are held by programs.",
            Between = new() { Sockets = Scene.Many(8, TcpState.FinWait2) },
            Fine = new() { Sockets = Scene.Many(500, TcpState.FinWait2, socket => socket with { Inode = 0 }) },
        }),
        ("fin_wait2_owned for long", new()
        {
            Bad = new() { Sockets = Scene.Many(12, TcpState.FinWait2), Before = [.. Enumerable.Repeat(new Scene { Sockets = Scene.Many(12, TcpState.FinWait2) }.Reading, 40)] },
            Level = Severity.Warning,
            Sentence = "12 sockets in FIN_WAIT2 are held by programs.",
        }),
        ("fin_wait2_orphaned", new()
        {
            Bad = new() { Sockets = Scene.Many(450, TcpState.FinWait2, socket => socket with { Inode = 0 }) },
            Level = Severity.Warning,
            Sentence = "450 closed connections wait for the peer's FIN (FIN_WAIT2), 45 %",
            Between = new() { Sockets = Scene.Many(220, TcpState.FinWait2, socket => socket with { Inode = 0 }) },
            Fine = new() { Sockets = Scene.Many(150, TcpState.FinWait2, socket => socket with { Inode = 0 }) },
            Missing = s_noLimits,
        }),
        ("time_wait_limit", new()
        {
            Bad = new() { Counters = new() { TimeWaitSockets = 850 } },
            Level = Severity.Warning,
            Sentence = "TIME_WAIT: 850 of 1,000 (85 %).",
            Between = new() { Counters = new() { TimeWaitSockets = 700 } },
            Fine = new() { Counters = new() { TimeWaitSockets = 600 } },
            Missing = s_noLimits,
        }),
        ("time_wait_limit skipped", new()
        {
            Bad = new() { Counters = new() { TimeWaitSockets = 1000 }, Rates = [("TCPTimeWaitOverflow", 3)] },
            Level = Severity.Critical,
            Sentence = "3 sockets per second skip TIME_WAIT",
        }),
        ("time_wait_limit forecast", new()
        {
            Bad = new()
            {
                Counters = new() { TimeWaitSockets = 860 },
                Before = [.. Enumerable.Range(0, 19).Select(i => new Scene { Counters = new() { TimeWaitSockets = 670 + (10 * i) } }.Reading)],
            },
            Level = Severity.Warning,
            Sentence = "At this rate the limit is reached in about 2 min.",
        }),
        ("fin_wait1_stuck", new()
        {
            Bad = new() { Sockets = Scene.Many(25, TcpState.FinWait1, socket => socket with { Retransmits = 6 }) },
            Level = Severity.Notice, Sentence = "25 closed connections are stuck in FIN_WAIT1.",
            Cause = "vanished",
            Between = new() { Sockets = Scene.Many(18, TcpState.FinWait1, socket => socket with { Retransmits = 6 }) },
            Fine = new() { Sockets = Scene.Many(300, TcpState.FinWait1) },
        }),
        ("fin_wait1_stuck zero window", new()
        {
            Bad = new() { Sockets = Scene.Many(25, TcpState.FinWait1, socket => socket with { Timer = SocketTimer.ZeroWindowProbe }) },
            Level = Severity.Notice, Sentence = "25 closed connections are stuck in FIN_WAIT1.",
            Cause = "zero window",
        }),
        ("last_ack_stuck", new()
        {
            Bad = new() { Sockets = Scene.Many(21, TcpState.LastAck, socket => socket with { Retransmits = 5 }) },
            Level = Severity.Notice, Sentence = "21 connections are stuck in LAST_ACK.",
            Between = new() { Sockets = Scene.Many(17, TcpState.LastAck, socket => socket with { Retransmits = 5 }) },
            Fine = new() { Sockets = Scene.Many(300, TcpState.LastAck, socket => socket with { Retransmits = 1 }) },
        }),
        ("established_silent", new()
        {
            Bad = new() { Sockets = Scene.Many(21, TcpState.Established, socket => socket with { Retransmits = 5, Timer = SocketTimer.Retransmit }) },
            Level = Severity.Notice, Sentence = "21 open connections have peers that do not answer any more.",
            Between = new() { Sockets = Scene.Many(17, TcpState.Established, socket => socket with { Retransmits = 5, Timer = SocketTimer.KeepAlive }) },
            Fine = new() { Sockets = Scene.Many(300, TcpState.Established, socket => socket with { Retransmits = 9, Timer = SocketTimer.ZeroWindowProbe }) },
        }),
        ("closing_stuck", new()
        {
            Bad = new() { Sockets = Scene.Many(6, TcpState.Closing, socket => socket with { Retransmits = 5 }) },
            Level = Severity.Notice, Sentence = "6 connections are stuck in CLOSING.",
            Between = new() { Sockets = Scene.Many(4, TcpState.Closing, socket => socket with { Retransmits = 5 }) },
        }),
    ];

    private static IEnumerable<(string, RuleCase)> Outgoing =>
    [
        ("ephemeral_ports", new()
        {
            Bad = new() { Sockets = Scene.Outgoing(17, TcpState.TimeWait), Limits = TwentyPorts },
            Level = Severity.Warning,
            Subject = "192.0.2.1 > 192.0.2.50:5432",
            Sentence = "Local ports towards 192.0.2.50:5432: 17 of 20 (85 %).",
            Cause = "Short connections",
            Between = new() { Sockets = Scene.Outgoing(15, TcpState.TimeWait), Limits = TwentyPorts },
            // The same number to two destinations is no trouble.
            Fine = new() { Sockets = [.. Scene.Outgoing(12, TcpState.TimeWait), .. Scene.Outgoing(12, TcpState.TimeWait, to: "192.0.2.51")], Limits = TwentyPorts },
            Missing = s_noLimits,
        }),
        ("ephemeral_ports exhausted", new()
        {
            Bad = new() { Sockets = Scene.Outgoing(20, TcpState.Established), Limits = TwentyPorts },
            Level = Severity.Critical,
            Subject = "192.0.2.1 > 192.0.2.50:5432",
            Sentence = "20 of 20 (100 %)",
            Cause = "a pool without a limit",
        }),
        ("ephemeral_ports reusable", new()
        {
            Bad = new() { Sockets = [.. Scene.Outgoing(16, TcpState.TimeWait), .. Scene.Outgoing(3, TcpState.Established, from: 40_016)], Limits = TwentyPorts with { TimeWaitReuse = 1, Timestamps = 1 } },
            Level = Severity.Notice,
            Subject = "192.0.2.1 > 192.0.2.50:5432",
            Sentence = "19 of 20 (95 %)",
        }),
        ("syn_sent_silent", new()
        {
            Bad = new() { Sockets = [.. Scene.Established(60), .. Scene.Outgoing(6, TcpState.SynSent, from: 43_000, to: "198.51.100.77", retransmits: 3)] },
            Level = Severity.Warning,
            Subject = "192.0.2.1 > 198.51.100.77:5432",
            Sentence = "6 connections to 198.51.100.77:5432 get no answer",
            Cause = "Nothing comes back",
            Between = new() { Sockets = [.. Scene.Established(60), .. Scene.Outgoing(4, TcpState.SynSent, from: 43_000, to: "198.51.100.77", retransmits: 3)] },
            // Young ones are the usual way of every connection.
            Fine = new() { Sockets = [.. Scene.Established(60), .. Scene.Outgoing(50, TcpState.SynSent, from: 43_000)] },
        }),
        ("syn_sent_silent some succeed", new()
        {
            Bad = new() { Sockets = [.. Scene.Outgoing(9, TcpState.Established, from: 42_000), .. Scene.Outgoing(6, TcpState.SynSent, from: 41_000, retransmits: 3)] },
            Level = Severity.Notice,
            Subject = "192.0.2.1 > 192.0.2.50:5432",
            Sentence = "6 connections to 192.0.2.50:5432 get no answer",
            Cause = "accept queue over there",
        }),
        ("syn_sent_silent everywhere", new()
        {
            Bad = new() { Sockets = [.. Enumerable.Range(1, 9).SelectMany(i => Scene.Outgoing(1, TcpState.SynSent, from: 41_000 + i, to: $"203.0.113.{i}", retransmits: 4))] },
            Level = Severity.Notice,
            Sentence = "9 outgoing connections to many destinations",
        }),
        ("connects_fail", new()
        {
            Bad = new() { Rates = [("AttemptFails", 80), ("ActiveOpens", 100)] },
            Level = Severity.Notice,
            Sentence = "80 of 100 handshakes per second fail.",
            Between = new() { Rates = [("AttemptFails", 45), ("ActiveOpens", 100)] },
            Fine = new() { Rates = [("AttemptFails", 20), ("ActiveOpens", 100)] },
            Missing = s_first,
        }),
        ("retransmits", new()
        {
            Bad = new() { Rates = [("RetransSegs", 200), ("OutSegs", 800), ("TCPSynRetrans", 0)] },
            Level = Severity.Warning,
            Sentence = "20 % of all segments are sent again (200 per second).",
            Between = new() { Rates = [("RetransSegs", 45), ("OutSegs", 955)] },
            // Only SYNs were sent again: that is another rule's business.
            Fine = new() { Rates = [("RetransSegs", 200), ("OutSegs", 800), ("TCPSynRetrans", 200)] },
            Missing = s_first,
        }),
    ];

    private static IEnumerable<(string, RuleCase)> Machine =>
    [
        ("orphans", new()
        {
            Bad = new() { Counters = new() { Orphans = 1100 } },
            Level = Severity.Warning,
            Sentence = "Orphans: 1,100 of 4,096 (27 %).",
            Between = new() { Counters = new() { Orphans = 900 } },
            Fine = new() { Counters = new() { Orphans = 700 } },
            Missing = s_noLimits,
        }),
        ("tcp_memory", new()
        {
            Bad = new() { Counters = new() { MemoryPages = 190 } },
            Level = Severity.Critical,
            Sentence = "TCP memory: 190 of 200 pages (95 %).",
            Between = new() { Counters = new() { MemoryPages = 130 } },
            Fine = new() { Counters = new() { MemoryPages = 110 } },
            Missing = s_noLimits,
        }),
        ("tcp_memory aborts", new()
        {
            Bad = new() { Limits = KernelLimits.Unknown, Rates = [("TCPAbortOnMemory", 2)] },
            Level = Severity.Critical,
            Sentence = "2 connections per second are dropped",
        }),
        ("conntrack", new()
        {
            Bad = new() { Limits = SampleDetails.Limits with { ConntrackEntries = 800, ConntrackMaximum = 1000 } },
            Level = Severity.Warning,
            Sentence = "Connection tracking: 800 of 1,000 (80 %).",
            Between = new() { Limits = SampleDetails.Limits with { ConntrackEntries = 650, ConntrackMaximum = 1000 } },
            Missing = s_noLimits,
        }),
        ("resets", new()
        {
            Bad = new() { Before = [.. Enumerable.Range(0, 40).Select(i => WithResets(i * 10))], Counters = WithResets(20_000).Counters },
            Level = Severity.Notice,
            Sentence = "1,961 resets per second are sent, usually 50.",
            Fine = new() { Before = [.. Enumerable.Range(0, 40).Select(i => WithResets(i * 1000))], Counters = WithResets(40_000).Counters },
            Missing = new() { Before = [WithResets(0)], Counters = WithResets(20_000).Counters },
        }),
        ("reading", new()
        {
            Bad = new() { Sockets = [] },
            Level = Severity.Notice,
            Sentence = "The reading is not complete.",
        }),
        ("sampling_slow", new()
        {
            Bad = new() { Pace = SampleReports.Pace with { Interval = TimeSpan.FromSeconds(4), Reason = new("reading takes 3 % of a core", "读取占用单核 3%") } },
            Level = Severity.Notice,
            Sentence = "Sampling is slower than asked for.",
            Fine = new() { Pace = SampleReports.Pace },
            Missing = new(),
        }),
    ];

    private static IEnumerable<(string, RuleCase)> Settings =>
    [
        ("tcp_tw_recycle", new()
        {
            Bad = new() { Limits = SampleDetails.Limits with { TimeWaitRecycle = 1 } },
            Level = Severity.Critical,
            Subject = "net.ipv4.tcp_tw_recycle",
            Sentence = "tcp_tw_recycle is on",
            Fine = new() { Limits = SampleDetails.Limits with { TimeWaitRecycle = 0 } },
        }),
        ("tcp_tw_reuse", new()
        {
            Bad = new() { Limits = SampleDetails.Limits with { TimeWaitReuse = 1, Timestamps = 0 } },
            Level = Severity.Notice,
            Subject = "net.ipv4.tcp_tw_reuse",
            Sentence = "does nothing",
            Fine = new() { Limits = SampleDetails.Limits with { TimeWaitReuse = 1, Timestamps = 1 } },
            Missing = s_noLimits,
        }),
        ("tcp_syncookies", new()
        {
            Bad = new() { Sockets = [SampleDetails.Listener("0.0.0.0", 443, 0, 20)], Limits = SampleDetails.Limits with { Syncookies = 0 } },
            Level = Severity.Notice,
            Subject = "net.ipv4.tcp_syncookies",
            Sentence = "SYN cookies are off",
            Fine = new() { Sockets = [SampleDetails.Listener("127.0.0.1", 443, 0, 20)], Limits = SampleDetails.Limits with { Syncookies = 0 } },
            Missing = s_noLimits,
        }),
        ("tcp_abort_on_overflow", new()
        {
            Bad = new() { Limits = SampleDetails.Limits with { AbortOnOverflow = 1 } },
            Level = Severity.Notice,
            Subject = "net.ipv4.tcp_abort_on_overflow",
            Sentence = "tcp_abort_on_overflow is on",
            Missing = s_noLimits,
        }),
    ];

    private static KernelLimits TwentyPorts => SampleDetails.Limits with { EphemeralPorts = new PortRange(40_000, 40_019), ReservedPorts = [] };

    private static SocketRecord[] Waiting(int count) => Scene.Many(count, TcpState.Established, socket => socket with { Inode = 0 });

    private static DetailedReading Leaking(int closeWait) => new Scene { Sockets = [.. Scene.Established(30), .. Scene.Many(closeWait, TcpState.CloseWait)] }.Reading;

    private static DetailedReading WithResets(long resets) => new Scene
    {
        Counters = new KernelCounters { Tcp = new CounterTable(new CounterNames(["OutRsts"]), [resets]) },
    }.Reading;

    /// <summary>A scene can only be read in full; the rule about readings is shown one that was not.</summary>
    public static DiagnosisInput Input(string name, Scene scene) => name == "reading" && scene == All[name].Bad
        ? scene.Input() with { Own = scene.Reading with { States = scene.Reading.States with { Completeness = Completeness.Truncated } } }
        : scene.Input();
}
