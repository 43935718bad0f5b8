using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Half-open connections whose SYN-ACK has to be repeated, while every queue has room: the way to the clients and back.</summary>
internal static class SlowHandshakeRule
{
    private const string Id = "slow_handshakes";

    /// <summary>Fewer are the clients with bad radio that every public server has.</summary>
    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Notice = Mark.From(at.SlowHandshakesCount) };

    /// <summary>Share of SYN_RECV that is repeated.</summary>
    private const double Most = 50;

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("handshakes whose SYN-ACK is repeated", "需要重传 SYN-ACK 的握手"),
        Judge = Judge,
        OpensAfter = TimeSpan.FromSeconds(10),
        SilentWhile = [SynFloodRule.Id, SynBacklogRule.Id, AcceptQueueRule.Id],
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        long repeated = input.Reading.Signs.RepeatedSynRecv, all = input.Sockets(TcpState.SynRecv);
        var told = new Phrase("{0} of {1} in SYN_RECV", "SYN_RECV 中 {0}/{1}").With(Figures.Count(repeated), Figures.Count(all));
        var level = 100 * repeated >= Most * all ? s_marks(input.Thresholds).Of(repeated, input.OpenAs(Id, Subject.Host)) : Severity.Ok;
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("{0} of {1} half-open connections do not answer the SYN-ACK.", "{1} 个半开连接中有 {0} 个没有应答 SYN-ACK。").With(Figures.Count(repeated), Figures.Count(all)),
            Evidence = [new("repeated", new("SYN-ACK sent again", "重传过 SYN-ACK"), repeated), new("syn_recv", Phrase.Same("SYN_RECV"), all), .. input.Earlier(TcpState.SynRecv)],
            RuledOut =
            [
                new("No SYN queue and no accept queue is full.", "没有 SYN 队列或 accept 队列已满。"),
            ],
            Confidence = Confidence.Medium,
            Cause = new("The way back loses packets: an asymmetric route, a firewall, radio clients; or a slow flood.", "返回路径丢包：路由不对称、防火墙、无线客户端；或慢速洪水。"),
            Advice = new("Look at the path to these networks; no kernel setting helps.", "请检查到这些网段的路径；内核参数无济于事。"),
            Remedies =
            [
                new("tcplens list state:syn_recv", new("which networks", "来自哪些网段")),
                new("nstat -az TcpExtTCPSynRetrans", new("SYN and SYN-ACK sent again", "重传的 SYN 与 SYN-ACK")),
            ],
            Source = "https://blog.cloudflare.com/syn-packet-handling-in-the-wild/",
        }, told);
    }
}
