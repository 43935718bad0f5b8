using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>LAST_ACK that outlives its round trip: the last acknowledgement does not come.</summary>
internal static class LastAckRule
{
    private const string Id = "last_ack_stuck";

    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Notice = Mark.From(at.StuckCount) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("connections that wait for the last ACK", "等待最后一个 ACK 的连接"),
        Judge = Judge,
        OpensAfter = TimeSpan.FromSeconds(5),
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        int late = input.Reading.Signs.LateLastAck;
        var told = new Phrase("{0} of {1} in LAST_ACK", "LAST_ACK 中 {0}/{1}").With(late, Figures.Count(input.Sockets(TcpState.LastAck)));
        var level = s_marks(input.Thresholds).Of(late, input.OpenAs(Id, Subject.Host));
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("{0} connections are stuck in LAST_ACK.", "{0} 个连接卡在 LAST_ACK。").With(late),
            Evidence =
            [
                new("late", new("FIN sent again for 6 s and more", "FIN 已重传 6 秒以上"), late),
                new("last_ack", Phrase.Same("LAST_ACK"), input.Sockets(TcpState.LastAck)),
                .. input.Earlier(TcpState.LastAck),
            ],
            RuledOut = [new("Not local programs: they have closed.", "不是本机程序的问题：它们已经关闭。")],
            Confidence = Confidence.Medium,
            Cause = new("The peer or its firewall has forgotten the connection and does not answer our FIN, or its ACK is lost on the way.", "对端或其防火墙已忘记该连接而不应答 FIN，或 ACK 在途中丢失。"),
            Advice = new("Look for the network that they share. They end by themselves after tcp_orphan_retries.", "请查找它们共同的网段。它们会在 tcp_orphan_retries 次重传后自行结束。"),
            Remedies = [new("tcplens list state:last_ack", new("the same peer or network?", "是否同一对端或网段"))],
            Source = "https://docs.kernel.org/networking/ip-sysctl.html",
        }, told);
    }
}
