using System.Collections.Immutable;
using System.Globalization;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;

namespace TcpLens.UnitTests.Zabbix;

/// <summary>Detailed readings for tests: a web server that is also a client of a database.</summary>
internal static class SampleDetails
{
    public static readonly KernelLimits Limits = new()
    {
        EphemeralPorts = new PortRange(32_768, 60_999),
        ReservedPorts = [new PortRange(40_000, 40_009)],
        TimeWaitMaximum = 1000,
        OrphansMaximum = 4096,
        Memory = new TcpMemoryLimits(100, 150, 200),
        SynBacklogMaximum = 512,
        AcceptQueueMaximum = 4096,
        Syncookies = 1,
        FinTimeoutSeconds = 60,
        TimeWaitReuse = 2,
    };

    /// <summary>Every value is known.</summary>
    public static DetailedReading WebServer { get; } = Of(WebServerSockets(), Limits, Counters(["ActiveOpens", "PassiveOpens", "AttemptFails", "EstabResets", "InSegs", "OutSegs", "RetransSegs", "InErrs", "OutRsts"],
        ["SyncookiesSent", "SyncookiesRecv", "SyncookiesFailed", "TCPReqQFullDoCookies", "TCPReqQFullDrop", "ListenOverflows", "ListenDrops", "TCPTimeWaitOverflow", "TW", "TWRecycled",
         "TCPAbortOnData", "TCPAbortOnClose", "TCPAbortOnMemory", "TCPAbortOnTimeout", "TCPSynRetrans", "TCPTimeouts", "TCPMemoryPressures", "PruneCalled"]));

    /// <summary>A namespace without sockets, whose kernel tells neither limits nor counters.</summary>
    public static DetailedReading Empty { get; } = Of([], KernelLimits.Unknown, new KernelCounters());

    /// <summary>More listening ports and longer numbers than any host has.</summary>
    public static DetailedReading Huge { get; } = WebServer with
    {
        Ports = [.. Enumerable.Range(40_000, 1000).Select(port => new ListeningPort
        {
            Port = (ushort)port,
            Scope = ListenerScope.Loopback,
            Listeners = 1_000_000_000,
            HasIPv4 = true,
            HasIPv6 = true,
            AcceptQueue = 4_000_000_000,
            AcceptQueueMaximum = 4_000_000_000,
            HalfOpenMaximum = 4_000_000_000,
            ByState = [.. Enumerable.Repeat(2_000_000_000, TcpStates.TableLength)],
        })],
        Destinations = [.. Enumerable.Range(0, DetailedReading.DestinationsKept).Select(i =>
            new DestinationUse(new Destination(Address("fd00:1111:2222:3333:4444:5555:6666:7777"), new TcpEndpoint(Address($"fd00:1111:2222:3333:4444:5555:6666:{i:x4}"), 65_535)), 2_000_000_000, 2_000_000_000))],
    };

    public static DetailedReading Of(IEnumerable<SocketRecord> sockets, KernelLimits limits, KernelCounters counters)
    {
        var census = new PortCensus();
        census.Clear(limits);
        foreach (var socket in sockets)
            census.Take(socket);
        return new DetailedReading
        {
            At = DateTimeOffset.Parse("2026-11-22T15:00:00Z", CultureInfo.InvariantCulture),
            States = new StateReading { Counts = census.Census.ToCounts(), Source = "netlink", Duration = TimeSpan.FromMicroseconds(1234) },
            Counters = counters,
            Limits = limits,
            Ports = census.ListeningPorts,
            Destinations = census.BusiestDestinations(DetailedReading.DestinationsKept),
            DestinationCount = census.DestinationCount,
            DestinationsUnseen = census.DestinationsUnseen,
            SilentDestinations = census.SilentDestinations(DetailedReading.SilentKept),
            Signs = census.Signs,
        };
    }

    public static SocketRecord Socket(TcpState state, string local, int localPort, string remote, int remotePort, uint receive = 0, uint send = 0) => new()
    {
        State = state,
        Family = local.Contains(':') ? SocketFamily.IPv6 : SocketFamily.IPv4,
        Local = new TcpEndpoint(Address(local), (ushort)localPort),
        Remote = new TcpEndpoint(Address(remote), (ushort)remotePort),
        ReceiveQueue = receive,
        SendQueue = send,
        Inode = state is TcpState.TimeWait or TcpState.SynRecv ? 0u : 7,
    };

    public static SocketRecord Listener(string address, int port, uint queue, uint limit) =>
        Socket(TcpState.Listen, address, port, address.Contains(':') ? "::" : "0.0.0.0", 0, queue, limit);

    private static IEnumerable<SocketRecord> WebServerSockets() =>
    [
        Listener("0.0.0.0", 443, 100, 511),
        Listener("::", 443, 0, 511),
        Listener("127.0.0.1", 6379, 0, 128),
        Listener("192.0.2.1", 22, 0, 128),
        .. Enumerable.Range(1, 30).Select(i => Socket(TcpState.Established, "192.0.2.1", 443, $"198.51.100.{i}", 50_000 + i)),
        .. Enumerable.Range(1, 12).Select(i => Socket(TcpState.SynRecv, "192.0.2.1", 443, $"203.0.113.{i}", 40_000 + i)),
        .. Enumerable.Range(1, 5).Select(i => Socket(TcpState.CloseWait, "192.0.2.1", 443, $"198.51.100.{i}", 51_000 + i)),
        .. Enumerable.Range(1, 40).Select(i => Socket(TcpState.TimeWait, "192.0.2.1", 33_000 + i, "192.0.2.50", 5432)),
        .. Enumerable.Range(1, 8).Select(i => Socket(TcpState.Established, "192.0.2.1", 34_000 + i, "192.0.2.50", 5432)),
        .. Enumerable.Range(1, 3).Select(i => Socket(TcpState.Established, "2001:db8::1", 35_000 + i, "2001:db8::50", 6379)),
        Socket(TcpState.FinWait2, "192.0.2.1", 443, "198.51.100.99", 50_099),
        Socket(TcpState.SynSent, "192.0.2.1", 36_000, "192.0.2.66", 80),
    ];

    private static KernelCounters Counters(ImmutableArray<string> tcp, ImmutableArray<string> tcpExt) => new()
    {
        Tcp = new CounterTable(new CounterNames(tcp), [.. tcp.Select((_, i) => 1000L + i)]),
        TcpExt = new CounterTable(new CounterNames(tcpExt), [.. tcpExt.Select((_, i) => 2000L + i)]),
        TimeWaitSockets = 40,
        Orphans = 12,
        Allocated = 110,
        MemoryPages = 20,
    };

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text, nameof(text));
}
