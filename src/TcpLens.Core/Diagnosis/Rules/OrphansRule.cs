using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Sockets without a process against tcp_max_orphans, both of the whole machine.</summary>
internal static class OrphansRule
{
    private const string Id = "orphans";

    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Warning = Mark.From(at.OrphansWarning), Critical = Mark.From(at.OrphansCritical) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("orphans against tcp_max_orphans", "孤儿套接字占 tcp_max_orphans 的比例"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Reading is not { Counters.Orphans: { } orphans, Limits.OrphansMaximum: > 0 and var limit, OrphansPercent: { } percent })
            return Judgement.Unknown(new("tcp_max_orphans is told in the initial namespace only", "只有初始命名空间提供 tcp_max_orphans"));
        var told = new Phrase("{0} of {1}", "{0}/{1}").With(Figures.Count(orphans), Figures.Count(limit));
        var level = s_marks(input.Thresholds).Of(percent, input.OpenAs(Id, Subject.Machine));
        var signs = input.Reading.Signs;
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Subject = Subject.Machine,
            Sentence = new Phrase("Orphans: {0} of {1} ({2} %).", "孤儿套接字：{0}/{1}（{2}%）。").With(Figures.Count(orphans), Figures.Count(limit), Figures.Percent(percent)),
            Evidence =
            [
                new("orphans", new("orphans", "孤儿套接字"), orphans),
                .. input.Earlier(Usual.Orphans, "orphans", orphans),
                new("tcp_max_orphans", Phrase.Same("tcp_max_orphans"), limit),
                new("fin_wait1_blocked", new("FIN_WAIT1, peer does not read", "FIN_WAIT1，对端不读"), signs.BlockedFinWait1),
                new("fin_wait1_late", new("FIN_WAIT1, peer is silent", "FIN_WAIT1，对端无响应"), signs.LateFinWait1),
            ],
            Confidence = signs.BlockedFinWait1 + signs.LateFinWait1 > 0 ? Confidence.High : Confidence.Medium,
            Cause = signs.BlockedFinWait1 > signs.LateFinWait1
                ? new("Programs have closed while the peers do not read (zero window): slow readers, or an attack.", "程序已关闭而对端不读数据（零窗口）：读取缓慢，或是攻击。")
                : new("Programs have closed and the peers do not confirm: they have vanished.", "程序已关闭而对端没有确认：对端已消失。"),
            Advice = new(
                "Near the limit the kernel resets connections, and it may count orphans two- or fourfold. Look at FIN_WAIT1 and at the send queues; lower tcp_orphan_retries.",
                "接近上限时内核会重置连接，且可能按两倍或四倍计数。请检查 FIN_WAIT1 与发送队列；可调小 tcp_orphan_retries。"),
            Remedies =
            [
                new("ss -tno state fin-wait-1", new("Send-Q, timer on or persist", "看 Send-Q 与定时器")),
                new("sysctl -w net.ipv4.tcp_orphan_retries=4", new("gives them up sooner (0 acts as 8)", "更早放弃（0 相当于 8）")),
            ],
            Source = "https://docs.kernel.org/networking/ip-sysctl.html",
        }, told);
    }
}
