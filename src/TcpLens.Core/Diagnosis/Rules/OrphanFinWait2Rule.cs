using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>FIN_WAIT2 without a process: the kernel ends it after tcp_fin_timeout, but until then it takes places of tcp_max_tw_buckets.</summary>
internal static class OrphanFinWait2Rule
{
    public const string Id = "fin_wait2_orphaned";

    /// <summary>Per cent of tcp_max_tw_buckets. The build-up is worth knowing long before the limit itself is near.</summary>
    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Notice = Mark.From(Math.Min(25, at.TimeWaitWarning / 2)), Warning = Mark.From(at.TimeWaitWarning / 2) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("orphans that wait for their peers' FIN", "等待对端 FIN 的孤儿"),
        Judge = Judge,
        OpensAfter = TimeSpan.FromSeconds(10),
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        long orphans = input.Reading.States.Counts.OrphanFinWait2;
        if (input.Limits.TimeWaitMaximum is not { } limit || limit < 1)
            return Judgement.Unknown(new("tcp_max_tw_buckets is not known", "无法得知 tcp_max_tw_buckets"));
        double percent = 100.0 * orphans / limit;
        var told = new Phrase("{0} orphans in FIN_WAIT2", "FIN_WAIT2 孤儿 {0} 个").With(Figures.Count(orphans));
        var level = s_marks(input.Thresholds).Of(percent, input.OpenAs(Id, Subject.Host));
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("{0} closed connections wait for the peer's FIN (FIN_WAIT2), {1} % of tcp_max_tw_buckets.", "{0} 个已关闭的连接在等待对端的 FIN（FIN_WAIT2），占 tcp_max_tw_buckets 的 {1}%。")
                .With(Figures.Count(orphans), Figures.Percent(percent)),
            Evidence =
            [
                new("fin_wait2_orphaned", new("without a process", "没有进程的"), orphans),
                new("tcp_max_tw_buckets", Phrase.Same("tcp_max_tw_buckets"), limit),
                .. input.Earlier(TcpState.FinWait2),
                .. input.Limits.FinTimeoutSeconds is { } seconds ? new Evidence[] { new("tcp_fin_timeout", Phrase.Same("tcp_fin_timeout"), seconds, "s") } : [],
            ],
            RuledOut = [new("Not held by local programs: they have closed.", "不是本机程序持有：它们已经关闭。")],
            Cause = new("The peers confirm our close and do not close themselves: a leak over there, the mirror image of CLOSE_WAIT.", "对端确认了关闭却自己不关闭：泄漏在对端，正是 CLOSE_WAIT 的镜像。"),
            Advice = new("Find the peers that do not close. As a stop-gap lower tcp_fin_timeout: it ends these, and only these.", "请找出不关闭连接的对端。权宜之计是调小 tcp_fin_timeout：它只对这类套接字有效。"),
            Remedies =
            [
                new("tcplens list state:fin_wait2 owned:no", new("which peers", "对端有哪些")),
                new("sysctl -w net.ipv4.tcp_fin_timeout=30", new("ends them sooner", "让它们更早结束")),
            ],
            Source = "https://docs.kernel.org/networking/ip-sysctl.html",
        }, told);
    }
}
