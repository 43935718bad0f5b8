using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Resets that this host sends, against what it usually sends: a port scan, a dead service, a program that closes without reading.</summary>
internal static class ResetsRule
{
    private const string Id = "resets";

    /// <summary>Fewer resets per second are never reported.</summary>
    private const double RateMinimum = 50;

    /// <summary>A usual rate below this says nothing.</summary>
    private const double BaseMinimum = 5;

    /// <summary>What is usual is known after so long.</summary>
    private static readonly TimeSpan s_base = TimeSpan.FromMinutes(1);

    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Notice = Mark.From(at.ResetsFactor) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("resets sent, against what is usual", "发出的 RST 与平时相比"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Rate("OutRsts") is not { } now || input.Past.Rate("OutRsts", Past.Longest) is not { } usual)
            return Judgement.NoRate;
        if (input.Past.Span < s_base)
            return Judgement.Unknown(new("what is usual is known after a minute", "观察一分钟后才知道平时的水平"));
        var told = new Phrase("{0} per second, usually {1}", "每秒 {0} 个，平时 {1} 个").With(Figures.Rate(now), Figures.Rate(usual));
        var level = now >= RateMinimum ? s_marks(input.Thresholds).Of(now / Math.Max(usual, BaseMinimum), input.OpenAs(Id, Subject.Host)) : Severity.Ok;
        double unread = input.Rate("TCPAbortOnClose") ?? 0;
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("{0} resets per second are sent, usually {1}.", "每秒发出 {0} 个 RST，平时为 {1} 个。").With(Figures.Rate(now), Figures.Rate(usual)),
            Evidence =
            [
                new("resets", new("resets sent", "发出的 RST"), now, "/s"),
                new("usual", new("usually", "平时"), usual, "/s"),
                new("closed_unread", new("closed with data unread", "关闭时仍有未读数据"), unread, "/s"),
            ],
            Confidence = unread * 2 > now ? Confidence.High : Confidence.Low,
            Cause = unread * 2 > now
                ? new("A program closes connections without reading what has come.", "有程序未读完数据就关闭连接。")
                : new("Clients knock at ports where nobody listens: a port scan, or a service that is down.", "客户端在访问没有监听的端口：端口扫描，或服务已停止。"),
            Advice = new("See whether a service is down; if none is, it is a scan.", "请检查是否有服务停止；若没有，就是扫描。"),
            Remedies = [new("tcpdump -ni any 'tcp[tcpflags] & tcp-rst != 0' -c 20", new("which ports and peers", "哪些端口和对端"))],
            Source = "https://docs.kernel.org/networking/snmp_counter.html",
        }, told);
    }
}
