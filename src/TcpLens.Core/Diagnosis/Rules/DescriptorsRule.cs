using TcpLens.Core.Monitoring;
using TcpLens.Core.Owners;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Descriptors of the programs that hold the most sockets, each against its own limit: at the limit accept() and connect() fail.</summary>
internal static class DescriptorsRule
{
    private const string Id = "descriptors";

    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Warning = Mark.From(at.DescriptorsWarning), Critical = Mark.From(at.DescriptorsCritical) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("descriptors of programs against their limits", "程序的描述符占其上限的比例"),
        Judge = Judge,
        // Owners are looked at every ten seconds.
        ClosesAfter = TimeSpan.FromSeconds(30),
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Owners is not { Descriptors: { IsEmpty: false } uses })
            return Judgement.Unknown(new("nobody has looked yet, or the descriptors of other users may not be seen (run as root)", "尚未查看，或无权查看其他用户的描述符（请以 root 身份运行）"));
        var fullest = uses.MaxBy(use => use.Percent);
        return Judgement.Of(uses.Select(use => Of(use, input)).OfType<Finding>(), new Phrase("fullest: {0}, {1} of {2}", "最满：{0}，{1}/{2}")
            .With(fullest.Owner.Text, Figures.Count(fullest.Open), Figures.Count(fullest.Maximum)));
    }

    private static Finding? Of(DescriptorUse use, DiagnosisInput input)
    {
        var subject = Subject.Process(use.Owner);
        var level = s_marks(input.Thresholds).Of(use.Percent, input.OpenAs(Id, subject));
        if (level == Severity.Ok)
            return null;
        return new Finding
        {
            Rule = Id,
            Level = level,
            Subject = subject,
            Sentence = new Phrase("{0} has {1} of {2} descriptors open ({3} %).", "{0} 已打开 {1} 个描述符，上限 {2}（{3}%）。")
                .With(use.Owner.Text, Figures.Count(use.Open), Figures.Count(use.Maximum), Figures.Percent(use.Percent)),
            Evidence =
            [
                new("open", new("open descriptors", "已打开的描述符"), use.Open),
                new("limit", new("its limit (RLIMIT_NOFILE)", "其上限（RLIMIT_NOFILE）"), use.Maximum),
            ],
            Cause = new(
                "More connections than the limit was made for, or descriptors that the program never closes: a leak shows as CLOSE_WAIT.",
                "连接数超出设置上限时的预期，或程序从不关闭描述符：泄漏会表现为 CLOSE_WAIT。"),
            Advice = new(
                "At the limit accept() and connect() fail with EMFILE, and connections pile up in the accept queue. See what the descriptors are before the limit is raised.",
                "达到上限时 accept() 与 connect() 会以 EMFILE 失败，连接堆积在 accept 队列中。调大上限之前，请先查明这些描述符是什么。"),
            Remedies =
            [
                new($"lsof -p {use.Owner.ProcessId} | awk '{{print $5}}' | sort | uniq -c | sort -n", new("what they are", "它们是什么")),
                new($"prlimit --pid {use.Owner.ProcessId} --nofile={2 * use.Maximum}:", new("twice the limit, at once, until the program is restarted (root)", "立即加倍上限，直到程序重启（root）")),
                use.Owner.Unit is { } unit && use.Owner.Container is null
                    ? new($"systemctl edit {unit}", new Phrase("for good: [Service] LimitNOFILE={0}", "长期：[Service] LimitNOFILE={0}").With(2 * use.Maximum))
                    : new("ulimit -n", new("for good: where the program is started", "长期：在启动程序之处设置")),
            ],
            Source = "https://man7.org/linux/man-pages/man2/getrlimit.2.html",
        };
    }
}
