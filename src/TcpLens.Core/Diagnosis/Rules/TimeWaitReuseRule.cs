using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>tcp_tw_reuse without timestamps: set by advice, and without effect.</summary>
internal static class TimeWaitReuseRule
{
    private const string Id = "tcp_tw_reuse";

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("tcp_tw_reuse and what it needs", "tcp_tw_reuse 及其前提"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Limits.TimeWaitReuse is not { } reuse || input.Limits.Timestamps is not { } timestamps)
            return Judgement.Unknown(new("the settings are not known", "无法得知这些设置"));
        var told = new Phrase("tcp_tw_reuse = {0}, tcp_timestamps = {1}", "tcp_tw_reuse = {0}，tcp_timestamps = {1}").With(reuse, timestamps);
        return Judgement.Of(reuse != 1 || timestamps != 0 ? null : new Finding
        {
            Rule = Id,
            Level = Severity.Notice,
            Subject = Subject.Setting("net.ipv4.tcp_tw_reuse"),
            Sentence = new("tcp_tw_reuse is on and does nothing: tcp_timestamps is off.", "tcp_tw_reuse 已开启却不起作用：tcp_timestamps 已关闭。"),
            Evidence = [new("tcp_tw_reuse", Phrase.Same("tcp_tw_reuse"), reuse), new("tcp_timestamps", Phrase.Same("tcp_timestamps"), timestamps)],
            Cause = new("A port in TIME_WAIT is only taken over when timestamps tell old packets from new ones. And it is about outgoing connections: it frees nothing on a server.", "只有依靠时间戳区分新旧报文，才能复用 TIME_WAIT 端口。而且它只针对出站连接：对服务端没有任何作用。"),
            Advice = new("Switch timestamps on again (the default).", "请重新开启时间戳（默认值）。"),
            Remedies = [new("sysctl -w net.ipv4.tcp_timestamps=1", new("the default", "默认值"))],
            Source = "https://docs.kernel.org/networking/ip-sysctl.html",
        }, told);
    }
}
