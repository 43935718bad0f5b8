using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>FIN_WAIT2 that programs hold: half-closed, without any timeout of the kernel.</summary>
internal static class OwnedFinWait2Rule
{
    private const string Id = "fin_wait2_owned";

    /// <summary>So long a half-close is no longer a conversation that ends.</summary>
    private static readonly TimeSpan s_old = TimeSpan.FromMinutes(5);

    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Notice = Mark.From(at.OwnedFinWait2Count) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("connections half-closed by programs", "被程序半关闭的连接"),
        Judge = Judge,
        OpensAfterSetting = at => at.OwnedFinWait2Age,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        long owned = input.Reading.OwnedFinWait2;
        var told = new Phrase("{0} in FIN_WAIT2", "FIN_WAIT2 {0} 个").With(Figures.Count(owned));
        var level = s_marks(input.Thresholds).Of(owned, input.OpenAs(Id, Subject.Host));
        if (level == Severity.Ok)
            return Judgement.Fine(told);
        bool stays = input.Past.Before(s_old) is { } before && input.Past.Span >= s_old && Owned(before) is var then
            && then >= input.Thresholds.OwnedFinWait2Count && owned >= then;
        return Judgement.Of(new Finding
        {
            Rule = Id,
            Level = stays ? Severity.Warning : level,
            Sentence = new Phrase("{0} sockets in FIN_WAIT2 are held by programs.", "程序持有 {0} 个 FIN_WAIT2。").With(Figures.Count(owned)),
            Evidence =
            [
                new("fin_wait2_owned", new("held by programs", "程序持有的"), owned),
                new("fin_wait2_orphaned", new("orphaned, not counted", "孤儿，未计入"), input.Reading.States.Counts.OrphanFinWait2),
                .. input.Earlier(TcpState.FinWait2),
            ],
            RuledOut = [new("Not a matter of tcp_fin_timeout: it ends orphans only.", "与 tcp_fin_timeout 无关：它只对孤儿有效。")],
            Cause = new("A program called shutdown() for sending and waits for a peer that does not close (CLOSE_WAIT over there).", "程序用 shutdown() 关闭了发送方向，等待的对端却不关闭（对端处于 CLOSE_WAIT）。"),
            Advice = new("They closed one direction and wait for the peer without a limit. Give the program a read timeout after its half-close.", "它们只关闭了一个方向，会一直等待对端。请让程序在半关闭之后设置读超时。"),
            Remedies =
            [
                new("ss -tnpo state fin-wait-2", new("which process (root)", "哪个进程（需要 root）")),
                new("tcplens list state:fin_wait2 owned:yes", new("which peers", "对端有哪些")),
            ],
            Source = "https://github.com/kubernetes/kubernetes/issues/17641",
        }, told);
    }

    private static long Owned(Look look) => look.Sockets(TcpState.FinWait2) - look.Counts.OrphanFinWait2;
}
