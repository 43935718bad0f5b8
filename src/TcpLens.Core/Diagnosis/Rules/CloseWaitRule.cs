using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>
/// CLOSE_WAIT that programs hold and do not close. Those that no program has accepted yet belong to a full accept queue and are left out: they
/// are no leak.
/// </summary>
internal static class CloseWaitRule
{
    public const string Id = "close_wait_leak";

    /// <summary>A trend over less is not called growth.</summary>
    private static readonly TimeSpan s_growthSpan = TimeSpan.FromMinutes(5);

    private static readonly Func<Thresholds, Mark> s_count = at => Mark.From(at.CloseWaitCount);
    private static readonly Func<Thresholds, Mark> s_share = at => Mark.From(at.CloseWaitShare);

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("connections that programs do not close", "程序没有关闭的连接"),
        Judge = Judge,
        OpensAfterSetting = at => at.CloseWaitAge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        var signs = input.Reading.Signs;
        long held = input.Sockets(TcpState.CloseWait) - signs.UnacceptedCloseWait;
        double share = 100.0 * held / Math.Max(1, held + input.Sockets(TcpState.Established));
        bool isOpen = input.OpenAs(Id, Subject.Host) > Severity.Ok;
        var told = new Phrase("{0} in CLOSE_WAIT ({1} %)", "CLOSE_WAIT {0} 个（{1}%）").With(Figures.Count(held), Figures.Percent(share));
        if (!s_count(input.Thresholds).IsReached(held, isOpen) || !s_share(input.Thresholds).IsReached(share, isOpen))
            return Judgement.Fine(told);
        double? growth = input.Past.Growth(Number);
        bool grows = Grown(input, held);
        return Judgement.Of(new Finding
        {
            Rule = Id,
            Level = grows ? Severity.Critical : Severity.Warning,
            Sentence = new Phrase("{0} sockets in CLOSE_WAIT, {1} % of the connections: a program does not close them.", "{0} 个 CLOSE_WAIT，占连接的 {1}%：有程序没有关闭连接。")
                .With(Figures.Count(held), Figures.Percent(share)),
            Evidence =
            [
                new("close_wait", new("CLOSE_WAIT held by programs", "程序持有的 CLOSE_WAIT"), held),
                new("share", new("of the connections", "占连接的比例"), share, "%"),
                new("unread", new("with unread data", "有未读数据的"), signs.UnreadCloseWait),
                .. input.Earlier(TcpState.CloseWait),
                .. growth is { } known ? [new Evidence("growth", new("growth per minute", "每分钟增长"), known * 60)] : ImmutableArray<Evidence>.Empty,
            ],
            RuledOut = [Unaccepted(signs.UnacceptedCloseWait)],
            Confidence = input.Past.Span >= input.Thresholds.CloseWaitAge ? Confidence.High : Confidence.Medium,
            Cause = signs.UnreadCloseWait * 2 > held
                ? new("Most of them hold unread data: the workers that should read are stuck or gone.", "其中多数还有未读数据：负责读取的工作线程卡住或已消失。")
                : new("The peers have closed, the program has not: a missing close(), a pool that evicts nothing, a blocked thread.", "对端已关闭而程序没有关闭：缺少 close()、连接池不清理或线程阻塞。"),
            Advice = new("No kernel setting ends them. Find the program and mend its close path.", "没有任何内核参数能结束它们。请找到程序并修复其关闭流程。"),
            Remedies =
            [
                new("ss -tnp state close-wait", new("which process (root)", "哪个进程（需要 root）")),
                new("tcplens list state:close_wait", new("which ports and peers", "哪些端口和对端")),
                new("ls /proc/PID/fd | wc -l", new("its descriptors in use", "它已用的描述符")),
            ],
            Source = "https://www.baeldung.com/linux/remove-close_wait-connection",
        }, told);
    }

    private static Phrase Unaccepted(int unaccepted) => unaccepted == 0
        ? new("No full accept queue: every one of them was accepted.", "不是 accept 队列积压：全部已被 accept。")
        : new Phrase("{0} more wait unaccepted in a queue and are not counted.", "另有 {0} 个在队列中未被 accept，未计入。").With(unaccepted);

    // Against the oldest look, as the alarm of the Zabbix template does.
    private static bool Grown(DiagnosisInput input, long now) =>
        input.Past.Span >= s_growthSpan
        && input.Past.Looks[0].Sockets(TcpState.CloseWait) is var then
        && then >= input.Thresholds.CloseWaitCount
        && now >= input.Thresholds.CloseWaitGrowth * then;

    private static double? Number(Look look) => look.Sockets(TcpState.CloseWait);
}
