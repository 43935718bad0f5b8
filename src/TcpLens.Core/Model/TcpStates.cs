using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TcpLens.Core.Text;

namespace TcpLens.Core.Model;

/// <summary>The eleven states in the order in which every output shows them: the life of a connection.</summary>
public static class TcpStates
{
    /// <summary>Length of a table indexed by the kernel's state number (numbers 1 to 11; 0 is unused).</summary>
    public const int TableLength = 12;

    /// <summary>All eleven, in the order of a connection's life.</summary>
    public static ImmutableArray<TcpStateInfo> All { get; } =
    [
        State(TcpState.Listen, "LISTEN", "LISTEN", "LISTEN", "listen", "监听", StateGroup.Idle, new(0x99, 0x90, 0xa2),
            new("waits for callers", "等待客户端连接")),
        State(TcpState.SynSent, "SYN-SENT", "SYN_SENT", "SYN-SENT", "syn_sent", "同步已发送", StateGroup.Opening, new(0xae, 0x6c, 0x12),
            new("we called, no answer yet", "对端未应答")),
        State(TcpState.SynRecv, "SYN-RECEIVED", "SYN_RECV", "SYN-RECV", "syn_received", "同步已接收", StateGroup.Opening, new(0xd3, 0x82, 0x1e),
            new("half-open: peer has to confirm", "半开，等对端确认")),
        State(TcpState.Established, "ESTABLISHED", "ESTABLISHED", "ESTAB", "established", "已建立", StateGroup.Open, new(0x34, 0x9a, 0x69),
            new("open, both sides may send", "双方可收发")),
        State(TcpState.FinWait1, "FIN-WAIT-1", "FIN_WAIT1", "FIN-WAIT-1", "fin_wait_1", "终止等待1", StateGroup.ClosingByUs, new(0x12, 0x96, 0xfe),
            new("we closed, not yet confirmed", "已关闭，对端未确认")),
        State(TcpState.FinWait2, "FIN-WAIT-2", "FIN_WAIT2", "FIN-WAIT-2", "fin_wait_2", "终止等待2", StateGroup.ClosingByUs, new(0x4b, 0x5a, 0xf8),
            new("we closed, the peer has not", "已关闭，对端没关")),
        State(TcpState.Closing, "CLOSING", "CLOSING", "CLOSING", "closing", "正在关闭", StateGroup.ClosingByUs, new(0x78, 0x80, 0xb9),
            new("both closed at the same moment", "两端的 FIN 相遇")),
        State(TcpState.TimeWait, "TIME-WAIT", "TIME_WAIT", "TIME-WAIT", "time_wait", "时间等待", StateGroup.ClosingByUs, new(0x43, 0x67, 0x99),
            new("closed; waits out late packets", "等迟到的报文消失")),
        State(TcpState.CloseWait, "CLOSE-WAIT", "CLOSE_WAIT", "CLOSE-WAIT", "close_wait", "关闭等待", StateGroup.ClosingByPeer, new(0xf8, 0x57, 0x82),
            new("peer closed, our program did not", "对端已关，程序没关")),
        State(TcpState.LastAck, "LAST-ACK", "LAST_ACK", "LAST-ACK", "last_ack", "最后确认", StateGroup.ClosingByPeer, new(0xbd, 0x2d, 0x47),
            new("we closed second, not confirmed", "后关闭，等对端确认")),
        State(TcpState.Close, "CLOSED", "CLOSE", "UNCONN", "closed", "已关闭", StateGroup.Idle, new(0x6d, 0x62, 0x67),
            new("holds a port, no connection", "占用端口，没有连接")),
    ];

    private const int LongestSpelling = 32;

    private static readonly TcpStateInfo[] s_byNumber = IndexByNumber();
    private static readonly Lazy<FrozenDictionary<string, TcpStateInfo>> s_bySpelling = new(IndexBySpelling);

    /// <summary>The names and drawing of <paramref name="state"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the eleven.</exception>
    public static TcpStateInfo Info(this TcpState state) =>
        IsKnown((int)state) ? s_byNumber[(int)state] : throw new ArgumentOutOfRangeException(nameof(state), state, "not one of the eleven TCP states");

    /// <summary>Whether <paramref name="number"/> is one of the kernel's eleven public state numbers.</summary>
    public static bool IsKnown(int number) => number is >= 1 and <= 11;

    /// <summary>
    /// Finds a state by any spelling in use, whatever the case and with or without <c>-</c>, <c>_</c> and <c>TCP_</c>: RFC 9293, Linux,
    /// ss, Zabbix, OpenTelemetry, cAdvisor, .NET, Chinese.
    /// </summary>
    public static bool TryParse(string? spelling, [NotNullWhen(true)] out TcpStateInfo? info)
    {
        // Nothing in use is longer; a stranger's text is not worth folding.
        if (spelling is { Length: > 0 and <= LongestSpelling })
            return s_bySpelling.Value.TryGetValue(Bare(spelling), out info);
        info = null;
        return false;
    }

    private static string Bare(string spelling)
    {
        string bare = spelling.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        return bare.StartsWith("TCP", StringComparison.Ordinal) ? bare[3..] : bare;
    }

    private static TcpStateInfo State(
        TcpState state, string rfc, string linux, string ss, string openTelemetry, string chinese, StateGroup group, Rgb colour, Phrase meaning) => new()
        {
            State = state,
            Rfc = rfc,
            Linux = linux,
            Ss = ss,
            OpenTelemetry = openTelemetry,
            Chinese = chinese,
            Group = group,
            Colour = colour,
            Meaning = meaning,
        };

    private static FrozenDictionary<string, TcpStateInfo> IndexBySpelling()
    {
        var bySpelling = new Dictionary<string, TcpStateInfo>(StringComparer.Ordinal);
        foreach (var info in All)
        {
            foreach (string spelling in new[] { info.Linux, info.Rfc, info.Ss, info.OpenTelemetry, info.Chinese })
                bySpelling[Bare(spelling)] = info;
        }

        return bySpelling.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static TcpStateInfo[] IndexByNumber()
    {
        var byNumber = new TcpStateInfo[TableLength];
        foreach (var info in All)
            byNumber[(int)info.State] = info;
        return byNumber;
    }
}
