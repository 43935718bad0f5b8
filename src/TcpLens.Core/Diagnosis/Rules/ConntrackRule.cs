using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Connections that the packet filter follows against how many it can.</summary>
internal static class ConntrackRule
{
    private const string Id = "conntrack";

    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Warning = Mark.From(at.ConntrackWarning), Critical = Mark.From(at.ConntrackCritical) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("connection tracking against its limit", "连接跟踪表占上限的比例"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Limits is not { ConntrackEntries: { } entries, ConntrackMaximum: > 0 and var limit })
            return Judgement.Unknown(new("no connection tracking here, or it may not be read", "此处没有连接跟踪，或无权读取"));
        double percent = 100.0 * entries / limit;
        var told = new Phrase("{0} of {1}", "{0}/{1}").With(Figures.Count(entries), Figures.Count(limit));
        var level = s_marks(input.Thresholds).Of(percent, input.OpenAs(Id, Subject.Host));
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("Connection tracking: {0} of {1} ({2} %).", "连接跟踪：{0}/{1}（{2}%）。").With(Figures.Count(entries), Figures.Count(limit), Figures.Percent(percent)),
            Evidence = [new("entries", new("entries", "表项"), entries), new("nf_conntrack_max", Phrase.Same("nf_conntrack_max"), limit)],
            Confidence = Confidence.Medium,
            Cause = new("The packet filter follows more connections than there are sockets: forwarded traffic, and entries that outlive them.", "数据包过滤器跟踪的连接多于套接字：转发流量，以及比套接字存活更久的表项。"),
            Advice = new("At 100 % packets of new connections are dropped. Raise the limit, or shorten the timeouts of dead entries.", "达到 100% 时新连接的报文会被丢弃。请调大上限，或缩短失效表项的超时。"),
            Remedies =
            [
                new("conntrack -S", new("drop and early_drop: are there any yet?", "看 drop 与 early_drop")),
                new($"sysctl -w net.netfilter.nf_conntrack_max={2 * limit}", new("room for twice as many", "容量加倍")),
            ],
            Source = "https://docs.kernel.org/networking/nf_conntrack-sysctl.html",
        }, told);
    }
}
