using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Whether the resident monitor samples as often as it was asked to.</summary>
internal static class PaceRule
{
    private const string Id = "sampling_slow";

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("the monitor's own pace", "监控自身的采样节奏"),
        Judge = Judge,
        IsOfMonitor = true,
        ClosesAfter = TimeSpan.Zero,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Pace is not { } pace)
            return Judgement.Unknown(new("no resident monitor", "没有常驻监控"));
        return Judgement.Of(pace.Reason is not { } reason ? null : new Finding
        {
            Rule = Id,
            Level = Severity.Notice,
            Subject = Subject.Monitor,
            Sentence = new("Sampling is slower than asked for.", "采样间隔已被拉长。"),
            Evidence =
            [
                new("interval", new("interval", "间隔"), pace.Interval.TotalSeconds, "s"),
                new("wanted", new("asked for", "设定值"), pace.Wanted.TotalSeconds, "s"),
                new("used", new("of a core", "占单核"), pace.UsedPercent, "%"),
            ],
            Cause = new("Reading so many sockets so often costs more than the CPU budget.", "如此频繁地读取这么多套接字，超出了 CPU 预算。"),
            Advice = reason,
            Remedies = [new("tcplens config example", new("sampling.budget and sampling.interval", "参见 sampling.budget 与 sampling.interval"))],
            Source = "https://man7.org/linux/man-pages/man7/sock_diag.7.html",
        }, new Phrase("every {0} s", "每 {0} 秒一次").With(pace.Interval.TotalSeconds));
    }
}
