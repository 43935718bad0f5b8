using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>
/// SYNs that find a SYN queue full. With cookies on they are answered without an entry, so that no number of SYN_RECV above the backlog is
/// ever seen: the counters tell, not the sockets.
/// </summary>
internal static class SynFloodRule
{
    public const string Id = "syn_flood";

    /// <summary>Fewer cookies than this share come back when the sources are spoofed.</summary>
    private const double Answered = 0.5;

    private static readonly Func<Thresholds, Marks> s_drops = at => new Marks { Critical = Mark.Above(at.SynDropsCritical) };
    private static readonly Func<Thresholds, Marks> s_cookies = at => new Marks { Warning = Mark.Above(at.SynCookiesWarning) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("SYNs at full SYN queues", "SYN 队列已满时到达的 SYN"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        double? sent = input.Rate("SyncookiesSent"), drops = input.Rate("TCPReqQFullDrop");
        if (sent is null && drops is null)
            return Judgement.NoRate;
        var port = FullestPort(input);
        var subject = port is null ? Subject.Host : Subject.Port(port.Port);
        // The subject may change while it lasts: whichever is open counts.
        var open = input.Open.Where(one => one.Key.Rule == Id).Select(one => one.Value).DefaultIfEmpty(Severity.Ok).Max();
        var told = new Phrase("{0} dropped, {1} answered by a cookie per second", "每秒丢弃 {0} 个，以 cookie 应答 {1} 个").With(Figures.Rate(drops ?? 0), Figures.Rate(sent ?? 0));
        if (s_drops(input.Thresholds).Of(drops, open) is > Severity.Ok and var dropping)
            return Judgement.Of(Drops(input, subject, port, dropping, drops!.Value), told);
        // With 2 every SYN is answered by a cookie, whether a queue is full or not: the counter says nothing then.
        if (input.Limits.Syncookies == 2)
            return Judgement.Fine(told.Then(new(" (tcp_syncookies = 2: always)", "（tcp_syncookies = 2：始终使用）")));
        var level = s_cookies(input.Thresholds).Of(sent, open);
        return Judgement.Of(level > Severity.Ok ? Cookies(input, subject, port, level, sent!.Value) : null, told);
    }

    private static ListeningPort? FullestPort(DiagnosisInput input) =>
        input.Reading.Ports.Where(port => port.HalfOpenPercent >= input.Thresholds.HalfOpenWarning).MaxBy(port => port.HalfOpenPercent);

    private static Finding Drops(DiagnosisInput input, Subject subject, ListeningPort? port, Severity level, double drops) => new()
    {
        Rule = Id,
        Level = level,
        Subject = subject,
        Sentence = new Phrase("A SYN queue is full: {0} SYNs per second are dropped.", "SYN 队列已满：每秒丢弃 {0} 个 SYN。").With(Figures.Rate(drops)),
        Evidence = [new("syns_dropped", new("SYNs dropped", "丢弃的 SYN"), drops, "/s"), .. Queue(input, port)],
        RuledOut = RuledOut(port),
        Cause = IsAcceptQueueFull(port) ? SlowProgram : new(
            "Half-open connections fill the listener's backlog and SYN cookies are off: a flood, or more clients than the backlog has room for.",
            "半开连接占满监听端口的 backlog，且未启用 SYN cookie：遭遇洪水，或客户端数量超过 backlog。"),
        Advice = new("Set tcp_syncookies to 1, then find the source of the half-open connections.", "请将 tcp_syncookies 设为 1，再查明半开连接的来源。"),
        Confidence = Confidence.High,
        Remedies =
        [
            new("sysctl -w net.ipv4.tcp_syncookies=1", new("answer when the queue is full", "队列满时仍能应答")),
            new("tcplens list state:syn_recv", new("which sources", "来源有哪些")),
        ],
        Source = Source,
    };

    private static Finding Cookies(DiagnosisInput input, Subject subject, ListeningPort? port, Severity level, double sent)
    {
        double? returned = input.Rate("SyncookiesRecv");
        bool? isSpoofed = returned is null ? null : returned < Answered * sent;
        return new Finding
        {
            Rule = Id,
            Level = level,
            Subject = subject,
            Sentence = new Phrase("A SYN queue is full: {0} SYN cookies per second are sent, {1} returned.", "SYN 队列已满：每秒发出 {0} 个 SYN cookie，返回 {1} 个。")
                .With(Figures.Rate(sent), returned is null ? "?" : Figures.Rate(returned)),
            Evidence =
            [
                new("cookies_sent", new("cookies sent", "发出的 cookie"), sent, "/s"),
                .. returned is { } known ? [new Evidence("cookies_returned", new("cookies returned", "返回的 cookie"), known, "/s")] : ImmutableArray<Evidence>.Empty,
                .. Queue(input, port),
            ],
            RuledOut = RuledOut(port),
            Confidence = isSpoofed is null || IsAcceptQueueFull(port) ? Confidence.Medium : Confidence.High,
            Cause = IsAcceptQueueFull(port) ? SlowProgram : isSpoofed switch
            {
                true => new("Fewer than half of the cookies come back: the sources are spoofed, a SYN flood. Real clients still get in by cookie.", "返回的 cookie 不足一半：源地址是伪造的，属于 SYN 洪水。真实客户端仍可凭 cookie 建立连接。"),
                false => new("The cookies come back: real clients in a burst for which the backlog is too small.", "cookie 大多返回：是真实客户端的突发，backlog 太小。"),
                null => new("A flood, or a burst for which the backlog is too small.", "SYN 洪水，或 backlog 对突发来说太小。"),
            },
            Advice = isSpoofed == false
                ? new("Raise the listener's backlog and somaxconn, then restart the listener.", "请调大监听程序的 backlog 与 somaxconn，再重启监听程序。")
                : new("Keep tcp_syncookies at 1 and filter upstream. Cookies are a fallback, not a way of carrying normal load.", "请保持 tcp_syncookies 为 1，并在上游过滤。cookie 只是后备手段，不应承载正常负载。"),
            Remedies =
            [
                new("tcplens list state:syn_recv", new("which sources", "来源有哪些")),
                new("ss -lnt", new("the backlog: Send-Q", "Send-Q 即 backlog")),
                .. isSpoofed == false ? [new Explain.CommandHint("sysctl -w net.core.somaxconn=8192", new("room for a larger backlog", "为更大的 backlog 留出空间"))] : ImmutableArray<Explain.CommandHint>.Empty,
            ],
            Source = Source,
        };
    }

    private static ImmutableArray<Evidence> Queue(DiagnosisInput input, ListeningPort? port)
    {
        var syns = new Evidence("syn_recv", Phrase.Same("SYN_RECV"), input.Sockets(TcpState.SynRecv));
        return port?.HalfOpenMaximum is { } limit ? [syns, new Evidence("backlog", Phrase.Same("backlog"), limit)] : [syns];
    }

    private static ImmutableArray<Phrase> RuledOut(ListeningPort? port) => port?.AcceptQueuePercent < 100
        ? [new Phrase("The program accepts: its accept queue holds {0} of {1}.", "程序在正常 accept：其队列为 {0}/{1}。").With(port.AcceptQueue, port.AcceptQueueMaximum)]
        : [];

    private static bool IsAcceptQueueFull(ListeningPort? port) => port?.AcceptQueuePercent >= 100;

    private static Phrase SlowProgram => new(
        "The accept queue of the port is full too: the program does not accept, so that finished handshakes stay half-open. Look at the program first.",
        "该端口的 accept 队列也已满：程序没有 accept，已完成的握手因此停留在半开状态。请先检查程序。");

    private const string Source = "https://docs.kernel.org/networking/ip-sysctl.html";
}
