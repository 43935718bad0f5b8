using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>tcp_tw_recycle, which kernels before 4.12 have: it drops clients behind one NAT.</summary>
internal static class TimeWaitRecycleRule
{
    private const string Id = "tcp_tw_recycle";

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = Phrase.Same("tcp_tw_recycle"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input) => input.Limits.TimeWaitRecycle switch
    {
        null => Judgement.Fine(new("this kernel does not have it any more", "此内核已不再提供")),
        0 => Judgement.Fine(new("off", "关闭")),
        var on => Judgement.Of(new Finding
        {
            Rule = Id,
            Level = Severity.Critical,
            Subject = Subject.Setting("net.ipv4.tcp_tw_recycle"),
            Sentence = new("tcp_tw_recycle is on: clients behind one NAT are dropped at random.", "tcp_tw_recycle 已开启：同一 NAT 后的客户端会被随机丢弃。"),
            Evidence =
            [
                new("tcp_tw_recycle", Phrase.Same("tcp_tw_recycle"), on.Value),
                new("refused", new("SYNs refused by timestamp", "因时间戳被拒的 SYN"), input.Rate("PAWSPassive") ?? 0, "/s"),
            ],
            Cause = new("It compares timestamps per address, and clients behind one NAT have different clocks. Advice to set it is wrong.", "它按地址比较时间戳，而同一 NAT 后的客户端时钟各不相同。建议开启它的说法是错误的。"),
            Advice = new("Switch it off. Linux 4.12 removed it.", "请关闭它。Linux 4.12 已将其移除。"),
            Remedies = [new("sysctl -w net.ipv4.tcp_tw_recycle=0", new("now; and in /etc/sysctl.d", "立即生效；并写入 /etc/sysctl.d"))],
            Source = "https://vincent.bernat.ch/en/blog/2014-tcp-time-wait-state-linux",
        }, new("on", "开启")),
    };
}
