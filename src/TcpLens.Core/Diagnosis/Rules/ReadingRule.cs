using TcpLens.Core.Monitoring;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Whether the sockets could be read, and all of them.</summary>
internal static class ReadingRule
{
    private const string Id = "reading";

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("the reading itself", "读取本身"),
        Judge = Judge,
        IsOfMonitor = true,
        ClosesAfter = TimeSpan.Zero,
    };

    private static Judgement Judge(DiagnosisInput input) => input.Own switch
    {
        null => Judgement.Of(Finding(Severity.Critical) with
        {
            Sentence = new("The sockets could not be read.", "无法读取套接字。"),
            Advice = input.Failure ?? new("The next reading may succeed.", "下一次读取可能成功。"),
        }, new("failed", "失败")),
        { States: { Completeness: not Completeness.Complete } states } => Judgement.Of(Finding(Severity.Notice) with
        {
            Sentence = new("The reading is not complete.", "本次读取不完整。"),
            Advice = states.CompletenessReason ?? new("Sockets may be missing or doubled.", "可能有遗漏或重复。"),
        }, new("not complete", "不完整")),
        var own => Judgement.Fine(new Phrase("complete, from {0}", "完整，数据源 {0}").With(own.States.Source)),
    };

    private static Finding Finding(Severity level) => new()
    {
        Rule = Id,
        Level = level,
        Subject = Subject.Monitor,
        Sentence = default,
        Cause = new("The kernel did not tell everything: a missing permission, or a table that changed under the reader.", "内核没有给出全部信息：缺少权限，或读取期间套接字表发生了变化。"),
        Advice = default,
        Remedies = [new("tcplens list --source netlink", new("what the kernel answers", "看内核如何应答"))],
        Source = "https://man7.org/linux/man-pages/man7/sock_diag.7.html",
    };
}
