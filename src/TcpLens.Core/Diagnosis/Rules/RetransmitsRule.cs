using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Segments that were sent again against those that were sent; repeated SYNs are left out, which have rules of their own.</summary>
internal static class RetransmitsRule
{
    private const string Id = "retransmits";

    /// <summary>Fewer segments per second say nothing about a path.</summary>
    private const double SegmentsMinimum = 50;

    /// <summary>Per cent of the segments. A wireless client loses one or two; a path that loses five is ill.</summary>
    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Notice = Mark.From(at.RetransmitsNotice), Warning = Mark.From(at.RetransmitsWarning) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("segments sent again", "重传的报文段"),
        Judge = Judge,
        OpensAfter = TimeSpan.FromSeconds(20),
        ClosesAfter = TimeSpan.FromSeconds(30),
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Rate("RetransSegs") is not { } again || input.Rate("OutSegs") is not { } sent)
            return Judgement.NoRate;
        double data = Math.Max(0, again - (input.Rate("TCPSynRetrans") ?? 0));
        double percent = sent + data > 0 ? 100 * data / (sent + data) : 0;
        var told = new Phrase("{0} % of {1} segments per second", "每秒 {1} 个报文段中的 {0}%").With($"{percent:0.#}", Figures.Rate(sent));
        var level = sent >= SegmentsMinimum ? s_marks(input.Thresholds).Of(percent, input.OpenAs(Id, Subject.Host)) : Severity.Ok;
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("{0} % of all segments are sent again ({1} per second).", "{0}% 的报文段需要重传（每秒 {1} 个）。").With($"{percent:0.#}", Figures.Rate(data)),
            Evidence =
            [
                new("retransmits", new("sent again, without SYNs", "重传，不含 SYN"), data, "/s"),
                new("sent", new("sent", "发出"), sent, "/s"),
                new("share", new("share", "比例"), percent, "%"),
                new("timeouts", new("timeouts", "重传超时"), input.Rate("TCPTimeouts") ?? 0, "/s"),
            ],
            RuledOut = [new("Repeated SYNs are not counted here.", "此处不计重传的 SYN。")],
            Confidence = Confidence.Medium,
            Cause = new("A path loses packets: congestion, a bad link, a duplex mismatch; or peers that vanished without a word.", "某条路径丢包：拥塞、链路不良、双工不匹配；或对端无声消失。"),
            Advice = new("Find the peers that it hits: one network means the path, all of them mean this host's link.", "请找出受影响的对端：集中在一个网段说明是路径问题，遍布各处说明是本机链路问题。"),
            Remedies =
            [
                new("tcplens list --sort retrans", new("which connections", "哪些连接")),
                new("ip -s link", new("errors and drops of the link", "链路的错误与丢包")),
            ],
            Source = "https://docs.kernel.org/networking/snmp_counter.html",
        }, told);
    }
}
