using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Handshakes that fail against connections begun: refused backends, which no state shows because a reset ends them at once.</summary>
internal static class ConnectFailuresRule
{
    private const string Id = "connects_fail";

    /// <summary>Fewer failures per second are the usual tries of one address family before the other.</summary>
    private const double RateMinimum = 5;

    private static readonly Func<Thresholds, Marks> s_share = at => new Marks { Notice = Mark.From(at.ConnectFailuresShare) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("handshakes that fail", "失败的握手"),
        Judge = Judge,
        OpensAfter = TimeSpan.FromSeconds(10),
        SilentWhile = [SynSentRule.Rule.Id, SynFloodRule.Id],
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Rate("AttemptFails") is not { } failed || input.Rate("ActiveOpens") is not { } begun)
            return Judgement.NoRate;
        var told = new Phrase("{0} of {1} per second", "每秒 {1} 次中有 {0} 次").With(Figures.Rate(failed), Figures.Rate(begun));
        double share = begun > 0 ? Math.Min(100, 100 * failed / begun) : 0;
        var level = failed >= RateMinimum ? s_share(input.Thresholds).Of(share, input.OpenAs(Id, Subject.Host)) : Severity.Ok;
        return Judgement.Of(level == Severity.Ok ? null : new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = new Phrase("{0} of {1} handshakes per second fail.", "每秒 {1} 次握手中有 {0} 次失败。").With(Figures.Rate(failed), Figures.Rate(begun)),
            Evidence = [new("failed", new("failed", "失败"), failed, "/s"), new("begun", new("begun by this host", "本机发起"), begun, "/s")],
            RuledOut = [new("They do not hang: nothing piles up in SYN_SENT.", "不是没有应答：SYN_SENT 没有堆积。")],
            Confidence = Confidence.Medium,
            Cause = new("A backend refuses: its service is down or listens elsewhere. (Clients that reset their own handshake count here too.)", "后端拒绝连接：服务已停止或监听在别处。（客户端自行重置的握手也计入其中。）"),
            Advice = new("Look in the logs of the programs here for `connection refused`, then at that service.", "请在本机程序的日志中查找 connection refused，再检查对应的服务。"),
            Remedies = [new("tcpdump -ni any 'tcp[tcpflags] & tcp-rst != 0' -c 20", new("who sends the resets", "RST 由谁发出"))],
            Source = "https://www.rfc-editor.org/rfc/rfc4022.html",
        }, told);
    }
}
