using TcpLens.Core.Explain;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Outgoing connections whose SYNs are repeated and not answered, by destination.</summary>
internal static class SynSentRule
{
    private const string Id = "syn_sent_silent";

    /// <summary>tcp_syn_retries unless somebody changed it.</summary>
    private const int UsualRetries = 6;

    private static readonly Func<Thresholds, Mark> s_count = at => Mark.From(at.SynSentCount);
    private static readonly Func<Thresholds, Mark> s_share = at => Mark.From(at.SynSentShare);

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("outgoing connections without an answer", "得不到应答的出站连接"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        int unanswered = input.Reading.Signs.UnansweredSynSent;
        var told = new Phrase("{0} without an answer for 2 s and more", "{0} 个超过 2 秒没有应答").With(unanswered);
        bool isOpen = input.Open.Any(one => one.Key.Rule == Id);
        if (!s_count(input.Thresholds).IsReached(unanswered, isOpen) || !s_share(input.Thresholds).IsReached(input.Reading.SynSentPercent, isOpen))
            return Judgement.Fine(told);
        Finding[] findings =
        [
            .. input.Reading.SilentDestinations
                .Where(use => s_count(input.Thresholds).IsReached(use.Unanswered, input.OpenAs(Id, Subject.Of(use.Destination)) > Severity.Ok))
                .Select(use => OfDestination(input, use)),
        ];
        return Judgement.Of(findings.Length > 0 ? findings : [OfHost(input, unanswered)], told);
    }

    private static Finding OfDestination(DiagnosisInput input, DestinationUse use)
    {
        int answered = use.Used - use.SynSent;
        return Finding(input) with
        {
            Level = answered == 0 ? Severity.Warning : Severity.Notice,
            Subject = Subject.Of(use.Destination),
            Sentence = new Phrase("{0} connections to {1} get no answer (SYN_SENT).", "到 {1} 的 {0} 个连接得不到应答（SYN_SENT）。").With(Figures.Count(use.Unanswered), use.Destination.Target),
            Evidence =
            [
                new("unanswered", new("SYN sent again twice and more", "SYN 已重传两次以上"), use.Unanswered),
                new("syn_sent", Phrase.Same("SYN_SENT"), use.SynSent),
                new("answered", new("other sockets to it", "到该目的地的其他套接字"), answered),
                .. input.Earlier(TcpState.SynSent),
                new("failed", new("handshakes failed (host)", "失败的握手（本机）"), input.Rate("AttemptFails") ?? 0, "/s"),
            ],
            Confidence = Confidence.Medium,
            Cause = answered == 0
                ? new("Nothing comes back from there: the host is down, its route is dead, or a firewall swallows the SYNs.", "那边毫无应答：主机宕机、路由失效，或防火墙丢弃了 SYN。")
                : new("Some connections succeed: the accept queue over there is full, or the path loses packets.", "部分连接成功：对端的 accept 队列已满，或路径丢包。"),
            Remedies =
            [
                new($"tcplens list state:syn_sent remote:{use.Destination.Target.Address}", new("these connections", "查看这些连接")),
                new($"ip route get {use.Destination.Target.Address}", new("which way they take", "走哪条路由")),
            ],
        };
    }

    private static Finding OfHost(DiagnosisInput input, int unanswered) => Finding(input) with
    {
        Sentence = new Phrase("{0} outgoing connections to many destinations get no answer (SYN_SENT).", "到多个目的地的 {0} 个出站连接得不到应答（SYN_SENT）。").With(Figures.Count(unanswered)),
        Evidence = [new("unanswered", new("SYN sent again twice and more", "SYN 已重传两次以上"), unanswered), new("syn_sent", Phrase.Same("SYN_SENT"), input.Sockets(TcpState.SynSent))],
        Confidence = Confidence.Low,
        Cause = new("No single destination: this host's way out is broken, or a program scans addresses.", "不集中于某个目的地：本机出口不通，或有程序在扫描地址。"),
        Remedies = [new("ss -tnop state syn-sent", new("which program, retries", "哪个程序、重传次数"))],
    };

    private static Finding Finding(DiagnosisInput input) => new()
    {
        Rule = Id,
        Level = Severity.Notice,
        Sentence = default,
        Cause = default,
        RuledOut = [new("Not refused: a refused connection does not stay in SYN_SENT.", "不是被拒绝：被拒绝的连接不会停留在 SYN_SENT。")],
        Advice = new Phrase("A firewall, a dead route or a full peer swallows the SYNs. One attempt lasts about {0} s: give the program a connect timeout.", "SYN 被防火墙、失效路由或已满的对端丢弃。一次尝试约持续 {0} 秒：请为程序设置连接超时。")
            .With(AttemptSeconds(input.Limits)),
        Source = "https://docs.kernel.org/networking/ip-sysctl.html",
    };

    // Without the setting a kernel has no linear timeouts.
    private static double AttemptSeconds(KernelLimits limits) => Patience.OfConnect(
        (int)Math.Clamp(limits.SynRetries ?? UsualRetries, 0, byte.MaxValue), (int)Math.Clamp(limits.SynLinearTimeouts ?? 0, 0, byte.MaxValue), Patience.LongestPause).TotalSeconds;
}
