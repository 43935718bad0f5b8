using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Open connections whose peers do not answer any more: half-open, and the program has not been told yet.</summary>
internal static class SilentPeersRule
{
    private const string Id = "established_silent";

    /// <summary>Some clients always vanish: a public server has a few at any time.</summary>
    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Notice = Mark.From(at.StuckCount) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("open connections whose peers are silent", "对端没有响应的已建立连接"),
        Judge = Judge,
        OpensAfter = TimeSpan.FromSeconds(5),
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        int silent = input.Reading.Signs.LateEstablished;
        var told = new Phrase("{0} of {1} in ESTABLISHED", "ESTABLISHED 中 {0}/{1}").With(silent, Figures.Count(input.Sockets(TcpState.Established)));
        var level = s_marks(input.Thresholds).Of(silent, input.OpenAs(Id, Subject.Host));
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("{0} open connections have peers that do not answer any more.", "{0} 个已建立连接的对端不再响应。").With(Figures.Count(silent)),
            Evidence =
            [
                new("silent", new("sent again for 6 s and more", "已重传 6 秒以上"), silent),
                new("established", Phrase.Same("ESTABLISHED"), input.Sockets(TcpState.Established)),
                new("given_up", new("given up", "放弃的连接"), input.Rate("TCPAbortOnTimeout") ?? 0, "/s"),
                .. input.Earlier(TcpState.Established),
            ],
            RuledOut = [new("Not slow readers: a peer with a zero window answers, and is not counted.", "不是对端读得慢：零窗口的对端仍有应答，未计入。")],
            Confidence = Confidence.Medium,
            Cause = new("The peers vanished without closing: powered off, a NAT or firewall entry that expired, or a path that is down.", "对端没有关闭就消失：断电、NAT 或防火墙表项过期，或路径中断。"),
            Advice = new(
                "The kernel gives each up after tcp_retries2 repeats, some 15 minutes. Programs learn it sooner with TCP_USER_TIMEOUT, and from idle connections only with keepalive.",
                "内核在 tcp_retries2 次重传（约 15 分钟）后才放弃。程序可用 TCP_USER_TIMEOUT 更早得知；空闲连接只有启用 keepalive 才能得知。"),
            Remedies =
            [
                new("tcplens list state:established --sort retrans", new("the same peer or network?", "是否同一对端或网段")),
                new("ss -tnopi state established", new("timer, and when the peer last spoke", "看定时器与对端最后一次响应")),
            ],
            Source = "https://blog.cloudflare.com/when-tcp-sockets-refuse-to-die/",
        }, told);
    }
}
