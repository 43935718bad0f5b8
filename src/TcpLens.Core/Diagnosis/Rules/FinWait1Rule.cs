using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>FIN_WAIT1 that does not end: the peer is silent, or it does not read what lies before the FIN.</summary>
internal static class FinWait1Rule
{
    private const string Id = "fin_wait1_stuck";

    /// <summary>Some clients always vanish: a public server has a few at any time.</summary>
    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Notice = Mark.From(at.StuckCount) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("closes that the peers do not confirm", "对端没有确认关闭的连接"),
        Judge = Judge,
        OpensAfter = TimeSpan.FromSeconds(5),
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        var signs = input.Reading.Signs;
        int stuck = signs.LateFinWait1 + signs.BlockedFinWait1;
        var told = new Phrase("{0} of {1} in FIN_WAIT1", "FIN_WAIT1 中 {0}/{1}").With(stuck, Figures.Count(input.Sockets(TcpState.FinWait1)));
        var level = s_marks(input.Thresholds).Of(stuck, input.OpenAs(Id, Subject.Host));
        bool isBlocked = signs.BlockedFinWait1 > signs.LateFinWait1;
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("{0} closed connections are stuck in FIN_WAIT1.", "{0} 个已关闭的连接卡在 FIN_WAIT1。").With(stuck),
            Evidence =
            [
                new("late", new("FIN sent again for 6 s and more", "FIN 已重传 6 秒以上"), signs.LateFinWait1),
                new("blocked", new("peer's window is zero", "对端窗口为零"), signs.BlockedFinWait1),
                new("fin_wait1", Phrase.Same("FIN_WAIT1"), input.Sockets(TcpState.FinWait1)),
                new("given_up", new("given up", "放弃的连接"), input.Rate("TCPAbortOnTimeout") ?? 0, "/s"),
                .. input.Earlier(TcpState.FinWait1),
            ],
            RuledOut = [new("Not local programs: they have closed.", "不是本机程序的问题：它们已经关闭。")],
            Cause = isBlocked
                ? new("The peers do not read what was sent before the close (zero window): slow readers, or an attack that binds memory.", "对端不读取关闭之前发出的数据（零窗口）：读取缓慢，或是占用内存的攻击。")
                : new("The peers vanished without a word: powered off, cut off by a firewall, or an expired NAT entry.", "对端无声消失：断电、被防火墙切断，或 NAT 表项过期。"),
            Advice = new("They end by themselves after tcp_orphan_retries; watch the orphans. Give the program a send timeout.", "它们会在 tcp_orphan_retries 次重传后自行结束；请关注孤儿数量，并为程序设置发送超时。"),
            Remedies =
            [
                new("ss -tno state fin-wait-1", new("timer: on, or persist", "看定时器：on 或 persist")),
                new("tcplens list state:fin_wait1", new("which peers", "对端有哪些")),
            ],
            Source = "https://blog.cloudflare.com/when-tcp-sockets-refuse-to-die/",
        }, told);
    }
}
