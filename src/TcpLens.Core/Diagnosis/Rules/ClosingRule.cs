using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>CLOSING that stays: both sides closed at once, and the acknowledgement of ours is lost.</summary>
internal static class ClosingRule
{
    private const string Id = "closing_stuck";

    private static readonly Marks s_marks = new() { Notice = Mark.From(5) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("connections that both sides closed at once", "双方同时关闭的连接"),
        Judge = Judge,
        OpensAfter = TimeSpan.FromSeconds(5),
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        int late = input.Reading.Signs.LateClosing;
        var told = new Phrase("{0} of {1} in CLOSING", "CLOSING 中 {0}/{1}").With(late, Figures.Count(input.Sockets(TcpState.Closing)));
        var level = s_marks.Of(late, input.OpenAs(Id, Subject.Host));
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("{0} connections are stuck in CLOSING.", "{0} 个连接卡在 CLOSING。").With(late),
            Evidence =
            [
                new("late", new("FIN sent again for 6 s and more", "FIN 已重传 6 秒以上"), late),
                new("closing", Phrase.Same("CLOSING"), input.Sockets(TcpState.Closing)),
                .. input.Earlier(TcpState.Closing),
            ],
            Cause = new("Both sides closed at the same moment and ACKs are lost: the path loses packets one way.", "双方同时关闭而 ACK 丢失：路径单向丢包。"),
            Advice = new("Look at the path to these peers. They end by themselves after tcp_orphan_retries.", "请检查到这些对端的路径。它们会在 tcp_orphan_retries 次重传后自行结束。"),
            Remedies = [new("tcplens list state:closing", new("which peers", "对端有哪些"))],
            Source = "https://www.rfc-editor.org/rfc/rfc9293.html#section-3.6",
        }, told);
    }
}
