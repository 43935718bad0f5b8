using System.Collections.Immutable;
using TcpLens.Core.Explain;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>
/// Open connections on which nobody has spoken for long, without keepalive, at one port or to one destination, that become more and more: nobody closes
/// them. A pool at rest is well: it stays as it is.
/// </summary>
internal static class IdleRule
{
    private const string Id = "established_idle";

    private static readonly Func<Thresholds, Mark> s_count = at => Mark.From(at.IdleCount);
    private static readonly Func<Thresholds, Mark> s_growth = at => Mark.From(at.IdleGrowth);

    /// <summary>An old leak grows by a small part of itself. Less than this part, as a factor, may be chance.</summary>
    private const double LeastGrowth = 1.05;

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("open connections without data", "无数据往来的已建立连接"),
        Judge = Judge,
        // They are looked at once a minute.
        ClosesAfter = TimeSpan.FromSeconds(30),
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Idle.Latest is not { } latest)
            return Judgement.Unknown(new("nobody has looked yet, or netlink cannot be read", "尚未查看，或无法使用 netlink"));
        var told = new Phrase("{0} of {1} silent for {2} and more", "{1} 个中有 {0} 个已 {2}以上无数据往来").With(Figures.Count(latest.Idle), Figures.Count(latest.All), Figures.Time(latest.Age));
        var many = latest.Largest.Where(group => s_count(input.Thresholds).IsReached(group.Idle, IsOpen(input, group))).ToList();
        var findings = many.Select(group => input.Idle.GrowthOf(group)).OfType<IdleGrowth>().Select(growth => Of(input, growth, latest.Age)).OfType<Finding>().ToList();
        return findings.Count > 0 || many.All(group => input.Idle.GrowthOf(group) is not null)
            ? Judgement.Of(findings, told)
            : Judgement.Unknown(told.Then(new Phrase("; whether they become more is known after {0}", "；是否在增加需观察 {0}才能得知").With(Figures.Time(IdlePast.Shortest))));
    }

    private static bool IsOpen(DiagnosisInput input, IdleGroup group) => input.OpenAs(Id, group.Subject) > Severity.Ok;

    private static Finding? Of(DiagnosisInput input, IdleGrowth growth, TimeSpan age)
    {
        var (first, last) = (growth.First, growth.Last);
        bool isOpen = IsOpen(input, last);
        if (!(isOpen ? growth.GoesOn : growth.IsLeak) || !Grows(input.Thresholds, growth, isOpen))
            return null;
        bool isOutgoing = last.Destination is not null;
        return new Finding
        {
            Rule = Id,
            Level = Severity.Warning,
            Subject = last.Subject,
            Sentence = (isOutgoing ? s_outgoing.With(last.Destination!.Value.Target) : s_incoming.With(last.Port))
                .Then(s_silent.With(Figures.Count(last.Idle), Figures.Time(age), Figures.Count(first.Idle), Figures.Time(growth.Span))),
            Evidence =
            [
                new("idle", new("silent, without keepalive", "无数据往来且未启用 keepalive"), last.Idle),
                new("idle_before", new Phrase("the same {0} ago", "{0}前的数量").With(Figures.Time(growth.Span)), first.Idle),
                new("growth", new("growth per hour", "每小时增长"), Math.Round(growth.PerHour, 1)),
                new("established", new("all open connections there", "该处的全部已建立连接"), last.All),
                .. input.Earlier(TcpState.Established),
                new("longest", new("silent for longest", "最长的无数据时间"), Math.Round(last.Longest.TotalSeconds), "s"),
            ],
            RuledOut =
            [
                new Phrase("Not a pool at rest: all connections there became more too, {0} before.", "不是空闲的连接池：该处的连接总数也在增加，此前为 {0}。").With(Figures.Count(first.All)),
                .. last.Kept == 0 ? [] : ImmutableArray.Create(new Phrase("{0} more are silent with keepalive and are not counted.", "另有 {0} 个启用了 keepalive，未计入。").With(Figures.Count(last.Kept))),
            ],
            Confidence = Confidence.Medium,
            Cause = isOutgoing
                ? new("The program opens new connections and neither uses nor closes the old ones: a pool that evicts nothing, answers that are never read to their end.", "程序不断新建连接，却既不使用也不关闭旧连接：连接池不清理，或从未读完应答。")
                : new("Clients vanished without closing (NAT, firewall, power), or open more than they use: without data and keepalive this host never learns it.", "客户端没有关闭就消失（NAT、防火墙、断电），或新建的连接多于使用的：没有数据也没有 keepalive，本机永远无从得知。"),
            Advice = new(
                "Let the program close what is idle, and set SO_KEEPALIVE with TCP_KEEPIDLE: tcp_keepalive_time holds only for sockets that ask for it. Each holds a descriptor until then.",
                "请让程序关闭空闲连接，并设置 SO_KEEPALIVE 与 TCP_KEEPIDLE：tcp_keepalive_time 只对要求它的套接字有效。在此之前每个连接都占用一个描述符。"),
            Remedies = Remedies(last),
            Source = "https://blog.cloudflare.com/when-tcp-sockets-refuse-to-die/",
        };
    }

    private static bool Grows(Thresholds at, IdleGrowth growth, bool isOpen) =>
        s_growth(at).IsReached(growth.Factor, isOpen) || (s_count(at).IsReached(growth.Added, isOpen) && (isOpen || growth.Factor >= LeastGrowth));

    private static ImmutableArray<CommandHint> Remedies(IdleGroup group)
    {
        var timers = new Phrase("lastsnd and lastrcv in ms; no timer: no keepalive", "lastsnd 与 lastrcv 为毫秒；没有 timer 即未启用 keepalive");
        return group.Destination is { Target: var target }
            ? [
                new($"tcplens by process state:established remote:{target.Address} rport:{target.Port}", new("whose they are (root)", "属于哪个进程（需要 root）")),
                new($"ss -tnopi state established dport = :{target.Port}", timers),
            ]
            : [
                new($"tcplens by remote/32 state:established lport:{group.Port}", new("which peers have the most", "哪些对端最多")),
                new($"ss -tnopi state established sport = :{group.Port}", timers),
            ];
    }

    private static readonly Phrase s_outgoing = new("To {0}: ", "到 {0}：");
    private static readonly Phrase s_incoming = new("Port {0}: ", "端口 {0}：");
    private static readonly Phrase s_silent = new(
        "{0} open connections have carried nothing for {1} and more, without keepalive, and become more: up from {2} in {3}.",
        "{0} 个已建立连接 {1}以上无数据往来且未启用 keepalive，并在增加：{3}前为 {2} 个。");
}
