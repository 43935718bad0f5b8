using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.UnitTests.CommandLine;

/// <summary>Readings as a kernel may give them, and sockets for a list.</summary>
internal static class SampleReadings
{
    private static readonly Phrase s_noClose = new("needs Linux 6.8 (this is 6.1)", "需要 Linux 6.8（当前为 6.1）");
    private static readonly Phrase s_noNetlink = new("netlink sock_diag is not allowed here (EACCES)", "此处不允许使用 netlink sock_diag（EACCES）");

    /// <summary>All eleven states, v4-mapped ones, FIN_WAIT2 held and orphaned; three other namespaces.</summary>
    public static HostReading Rich { get; } = Host(Reading(Counts(1))) with { OtherNamespaces = 3 };

    /// <summary>The same some time later, with more and with fewer.</summary>
    public static HostReading Later { get; } = Host(Reading(Counts(3)));

    public static HostReading Empty { get; } = Host(Reading(new StateCounts(ImmutableArray.Create(new StateCount[TcpStates.TableLength]), 0, null))) with { OtherNamespaces = 0 };

    /// <summary>Nearly ten million in every state.</summary>
    public static HostReading Large { get; } = Host(Reading(LargeCounts)) with { OtherNamespaces = 12345 };

    public static HostReading CloseUnseen { get; } = Host(Reading(Counts(1, s_noClose)));

    public static HostReading Fallback { get; } = Host(Reading(Counts(1, s_noClose)) with { Source = "proc", SourceReason = s_noNetlink });

    public static HostReading Interrupted { get; } = Host(Reading(Counts(1)) with
    {
        Completeness = Completeness.Interrupted,
        CompletenessReason = new("the table changed during the reading", "读取期间套接字表发生了变化"),
    });

    public static HostReading Partial { get; } = Host(Reading(Counts(1)) with
    {
        Completeness = Completeness.Partial,
        CompletenessReason = new("IPv6 is missing", "缺少 IPv6"),
    });

    public static HostReading AllNamespaces { get; } = Host(Reading(Counts(1))) with
    {
        IsAll = true,
        OtherNamespaces = 0,
        Namespaces =
        [
            new("host", 4026531840, Reading(Counts(1))),
            new("web", 4026532201, Reading(Counts(2))),
            new("a-container-with-a-name-that-is-longer-than-its-column", 4026532202, Reading(Counts(0))),
            new("vault", 4026532203, null, new("entering needs CAP_SYS_ADMIN, and no process inside can be looked through: run as root", "进入需要 CAP_SYS_ADMIN，且无法通过其中的进程读取：请以 root 运行")),
        ],
    };

    /// <summary>A namespace by name that could not be read.</summary>
    public static HostReading Unreadable { get; } = Rich with { Namespaces = [AllNamespaces.Namespaces[^1]] };

    public static IReadOnlyList<(string Name, HostReading Reading)> All { get; } =
    [
        ("rich", Rich), ("empty", Empty), ("large", Large), ("close-unseen", CloseUnseen), ("fallback", Fallback),
        ("interrupted", Interrupted), ("all-namespaces", AllNamespaces), ("unreadable", Unreadable),
    ];

    public static IReadOnlyList<ListedSocket> Sockets { get; } =
    [
        new("host", Record(TcpState.Listen, "0.0.0.0", 443, "0.0.0.0", 0) with { ReceiveQueue = 3, SendQueue = 4096, Inode = 11 }),
        new("host", Record(TcpState.Established, "192.0.2.10", 443, "198.51.100.7", 51234) with { SendQueue = 87600, Timer = SocketTimer.Retransmit, TimerMilliseconds = 1480, Retransmits = 2, Inode = 12, UserId = 33 }),
        new("host", Record(TcpState.Established, "192.0.2.10", 22, "198.51.100.9", 40022) with { Timer = SocketTimer.KeepAlive, TimerMilliseconds = 7_140_000, Inode = 13 }),
        new("host", Record(TcpState.CloseWait, "127.0.0.1", 8080, "127.0.0.1", 39000) with { ReceiveQueue = 1, Inode = 14, UserId = 1000 }),
        new("web", Record(TcpState.TimeWait, "2001:db8::10", 443, "2001:db8:ffff:ffff:ffff:ffff:ffff:9999", 65535, SocketFamily.IPv6) with { Timer = SocketTimer.TimeWait, TimerMilliseconds = 59_400 }),
        new("web", Record(TcpState.FinWait2, "192.0.2.10", 443, "203.0.113.5", 1024, SocketFamily.IPv6) with { Timer = SocketTimer.TimeWait, TimerMilliseconds = 12_000 }),
    ];

    public static HostReading Host(StateReading reading) => new()
    {
        HostName = "edge-1",
        Kernel = "6.12.9-amd64",
        At = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 890, TimeSpan.FromHours(8)),
        Namespaces = [new NamespaceReading("host", 4026531840, reading)],
    };

    private static StateReading Reading(StateCounts counts) => new()
    {
        Counts = counts,
        Source = "netlink",
        Duration = TimeSpan.FromMicroseconds(4321),
        Setup = TimeSpan.FromMicroseconds(876),
    };

    private static StateCounts LargeCounts =>
        new([.. Enumerable.Repeat(new StateCount(4_999_999, 5_000_000, 4_999_999), TcpStates.TableLength)], 4_000_000, null);

    // Number n of the kernel's states has n times the factor; a third of it IPv6, half of that v4-mapped.
    private static StateCounts Counts(int factor, Phrase? closeUnseen = null)
    {
        var counts = ImmutableArray.CreateBuilder<StateCount>(TcpStates.TableLength);
        counts.Add(default);
        for (int number = 1; number < TcpStates.TableLength; number++)
        {
            int total = number == (int)TcpState.Established ? 1200 - (factor * 100) : number * factor * 3;
            counts.Add(closeUnseen is not null && number == (int)TcpState.Close ? default : new StateCount(total - (total / 3), total / 3, total / 6));
        }

        return new StateCounts(counts.MoveToImmutable(), 5 * factor, closeUnseen);
    }

    private static SocketRecord Record(TcpState state, string local, ushort localPort, string remote, ushort remotePort, SocketFamily family = SocketFamily.IPv4) => new()
    {
        State = state,
        Family = family,
        Local = new TcpEndpoint(Address(local), localPort),
        Remote = new TcpEndpoint(Address(remote), remotePort),
    };

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text, nameof(text));
}
