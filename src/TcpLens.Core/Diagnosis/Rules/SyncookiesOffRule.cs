using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>SYN cookies switched off on a host that serves the network.</summary>
internal static class SyncookiesOffRule
{
    private const string Id = "tcp_syncookies";

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = Phrase.Same("tcp_syncookies"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Limits.Syncookies is not { } cookies)
            return Judgement.Unknown(new("the setting is not known", "无法得知该设置"));
        bool serves = input.Reading.Ports.Any(port => port.Scope != ListenerScope.Loopback);
        return Judgement.Of(cookies != 0 || !serves ? null : new Finding
        {
            Rule = Id,
            Level = Severity.Notice,
            Subject = Subject.Setting("net.ipv4.tcp_syncookies"),
            Sentence = new("SYN cookies are off: a flood of a few hundred SYNs per second keeps real clients out.", "SYN cookie 已关闭：每秒几百个 SYN 的洪水就能让真实客户端无法连接。"),
            Evidence = [new("tcp_syncookies", Phrase.Same("tcp_syncookies"), cookies)],
            Cause = new("The setting differs from the kernel's default, 1.", "该设置与内核默认值 1 不同。"),
            Advice = new("Set it to 1: cookies are used while a SYN queue is full, and never else.", "请设为 1：只有 SYN 队列满时才使用 cookie。"),
            Remedies = [new("sysctl -w net.ipv4.tcp_syncookies=1", new("the default", "默认值"))],
            Source = "https://docs.kernel.org/networking/ip-sysctl.html",
        }, Phrase.Same($"= {cookies}"));
    }
}
