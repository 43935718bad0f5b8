using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>tcp_abort_on_overflow, which turns a short stall of a program into broken connections.</summary>
internal static class AbortOnOverflowRule
{
    private const string Id = "tcp_abort_on_overflow";

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = Phrase.Same("tcp_abort_on_overflow"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Limits.AbortOnOverflow is not { } abort)
            return Judgement.Unknown(new("the setting is not known", "无法得知该设置"));
        return Judgement.Of(abort == 0 ? null : new Finding
        {
            Rule = Id,
            Level = Severity.Notice,
            Subject = Subject.Setting("net.ipv4.tcp_abort_on_overflow"),
            Sentence = new("tcp_abort_on_overflow is on: a burst resets connections that would have waited.", "tcp_abort_on_overflow 已开启：突发时会重置本可等待的连接。"),
            Evidence = [new("tcp_abort_on_overflow", Phrase.Same("tcp_abort_on_overflow"), abort)],
            Cause = new("The setting differs from the kernel's default, 0. Without it a client repeats its ACK and gets in a moment later.", "该设置与内核默认值 0 不同。不开启时，客户端会重发 ACK，稍后即可连入。"),
            Advice = new("Set it to 0, unless it is sure that the program can never catch up.", "请设为 0，除非确定程序永远追不上。"),
            Remedies = [new("sysctl -w net.ipv4.tcp_abort_on_overflow=0", new("the default", "默认值"))],
            Source = "https://docs.kernel.org/networking/ip-sysctl.html",
        }, Phrase.Same($"= {abort}"));
    }
}
