using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Connections that wait for accept(): the queue of each port against its limit, and what overflowed.</summary>
internal static class AcceptQueueRule
{
    public const string Id = "accept_queue";

    private static readonly Func<Thresholds, Marks> s_full = at => new Marks { Warning = Mark.From(at.AcceptQueueWarning), Critical = Mark.From(at.AcceptQueueCritical) };
    private static readonly Func<Thresholds, Marks> s_overflows = at => new Marks { Warning = Mark.Above(at.OverflowsWarning), Critical = Mark.Above(at.OverflowsCritical) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("accept queues and their overflows", "accept 队列及其溢出"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        double? overflows = input.Rate("ListenOverflows");
        var ports = input.Reading.Ports;
        if (overflows is null && (ports.IsEmpty || ports.All(port => port.AcceptQueueMaximum is null)))
            return ports.IsEmpty ? Judgement.Fine(new("nobody listens here", "没有监听端口")) : Judgement.NoRate;
        var fullest = ports.Where(port => port.AcceptQueuePercent >= input.Thresholds.AcceptQueueWarning).MaxBy(port => port.AcceptQueuePercent);
        var findings = ports.Select(port => OfPort(input, port, port == fullest ? overflows : null)).OfType<Finding>().ToList();
        if (findings.Count == 0 && s_overflows(input.Thresholds).Of(overflows, input.OpenAs(Id, Subject.Host)) is > Severity.Ok and var level)
            findings.Add(OfHost(level, overflows!.Value));
        return Judgement.Of(findings, new Phrase("fullest: {0} %; {1} overflows per second", "最满：{0}%；每秒溢出 {1} 次")
            .With(Figures.Percent(ports.IsEmpty ? 0 : ports.Max(port => port.AcceptQueuePercent) ?? 0), overflows is null ? "?" : Figures.Rate(overflows)));
    }

    private static Finding? OfPort(DiagnosisInput input, ListeningPort port, double? overflows)
    {
        var subject = Subject.Port(port.Port);
        var open = input.OpenAs(Id, subject);
        var level = s_full(input.Thresholds).Of(port.AcceptQueuePercent, open);
        if (level > Severity.Ok && s_overflows(input.Thresholds).Of(overflows, open) is var lost && lost > level)
            level = lost;
        if (level == Severity.Ok)
            return null;
        bool isCapped = port.AcceptQueueMaximum == input.Limits.AcceptQueueMaximum;
        var signs = input.Reading.Signs;
        return Finding(level, overflows) with
        {
            Subject = subject,
            Sentence = overflows > 0
                ? new Phrase("Accept queue of port {0}: {1} of {2}, {3} overflows per second: clients cannot connect.", "端口 {0} 的 accept 队列：{1}/{2}，每秒溢出 {3} 次：客户端无法连接。")
                    .With(port.Port, Figures.Count(port.AcceptQueue), Figures.Count(port.AcceptQueueMaximum!.Value), Figures.Rate(overflows))
                : new Phrase("Accept queue of port {0}: {1} of {2} ({3} %).", "端口 {0} 的 accept 队列：{1}/{2}（{3}%）。")
                    .With(port.Port, Figures.Count(port.AcceptQueue), Figures.Count(port.AcceptQueueMaximum!.Value), Figures.Percent(port.AcceptQueuePercent)),
            Evidence =
            [
                new("accept_queue", new("accept queue", "accept 队列"), port.AcceptQueue),
                new("accept_limit", new("its limit", "队列上限"), port.AcceptQueueMaximum!.Value),
                .. Overflows(overflows),
                new("unaccepted", new("not accepted yet (host)", "尚未 accept（本机）"), signs.UnacceptedEstablished + signs.UnacceptedCloseWait),
                new("gave_up", new("gave up waiting (host)", "等待中放弃（本机）"), signs.UnacceptedCloseWait),
            ],
            Cause = isCapped
                ? new Phrase("The program accepts more slowly than clients come, and somaxconn ({0}) caps its backlog.", "程序 accept 的速度跟不上客户端到来的速度，且 backlog 被 somaxconn（{0}）限制。").With(port.AcceptQueueMaximum)
                : new Phrase("The program accepts more slowly than clients come, or its backlog ({0}) is too small for a burst.", "程序 accept 的速度跟不上客户端到来的速度，或 backlog（{0}）对突发来说太小。").With(port.AcceptQueueMaximum),
            Remedies =
            [
                new($"ss -lntp 'sport = :{port.Port}'", new("which program (root)", "哪个程序（需要 root）")),
                new("top -H -p PID", new("is it busy, or does it wait?", "它在忙还是在等")),
                .. isCapped ? [new Explain.CommandHint("sysctl -w net.core.somaxconn=8192", new("then restart the listener", "然后重启监听程序"))] : ImmutableArray<Explain.CommandHint>.Empty,
            ],
        };
    }

    private static Finding OfHost(Severity level, double overflows) => Finding(level, overflows) with
    {
        Sentence = new Phrase("An accept queue overflows, {0} times per second: clients cannot connect.", "accept 队列溢出，每秒 {0} 次：客户端无法连接。").With(Figures.Rate(overflows)),
        Evidence = Overflows(overflows),
        Confidence = Confidence.Medium,
        Cause = new("A queue fills and empties between two readings: the program stalls for moments, or its backlog is tiny.", "队列在两次读取之间填满又清空：程序有瞬间停顿，或 backlog 极小。"),
        Remedies = [new("ss -lnt", new("Send-Q: who has a tiny backlog?", "看 Send-Q：谁的 backlog 极小"))],
    };

    private static Finding Finding(Severity level, double? overflows) => new()
    {
        Rule = Id,
        Level = level,
        Sentence = default,
        Cause = default,
        RuledOut = overflows > 0 ? [] : [new("Nothing has overflowed: no connection is lost yet.", "尚无溢出：还没有丢失连接。")],
        Advice = new(
            "Connections wait for accept(): find what the program waits for, then raise its backlog and somaxconn. Leave tcp_abort_on_overflow at 0.",
            "连接在等待 accept()：请先查明程序在等什么，再调大其 backlog 与 somaxconn。tcp_abort_on_overflow 保持为 0。"),
        Source = "https://docs.kernel.org/networking/snmp_counter.html",
    };

    private static ImmutableArray<Evidence> Overflows(double? overflows) => overflows is { } known ? [new Evidence("overflows", new("overflows", "溢出"), known, "/s")] : [];
}
