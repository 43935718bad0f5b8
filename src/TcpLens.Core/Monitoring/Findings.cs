using System.Collections.Immutable;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>Holds a report against <see cref="Thresholds"/>.</summary>
internal static class Findings
{
    public static IEnumerable<Finding> Of(Report report, ImmutableArray<LimitGauge> gauges) => report.Own is { } own
        ? [.. Rates(report), .. gauges.Where(gauge => gauge.Level > Severity.Ok).Select(Full), .. Held(own), .. Reading(report, own)]
        : [new(Severity.Critical, new("The sockets could not be read.", "无法读取套接字。"), report.Failure ?? new("The next reading may succeed.", "下一次读取可能成功。"))];

    private static Finding Full(LimitGauge gauge) => new(
        gauge.Level,
        new Phrase("{0}: {1} of {2} ({3} %).", "{0}：{1}/{2}（{3}%）。").With(gauge.Label, $"{gauge.Used:N0}", $"{gauge.Limit:N0}", $"{gauge.Percent:0}"),
        gauge.Advice);

    private static List<Finding> Rates(Report report)
    {
        var findings = new List<Finding>();
        if (Rate(report, "ListenOverflows") is > Thresholds.OverflowsWarning and var overflows)
        {
            findings.Add(new(
                overflows > Thresholds.OverflowsCritical ? Severity.Critical : Severity.Warning,
                new Phrase("An accept queue overflows, {0} times per second: clients cannot connect.", "accept 队列溢出，每秒 {0} 次：客户端无法连接。").With(Number(overflows)),
                new("A program accepts too slowly. Look for the port with the fullest queue.", "程序 accept 过慢。请查找队列最满的端口。")));
        }

        if (Rate(report, "TCPReqQFullDrop") is > Thresholds.SynDropsCritical and var drops)
        {
            findings.Add(new(
                Severity.Critical,
                new Phrase("A SYN queue is full: {0} SYNs per second are dropped.", "SYN 队列已满：每秒丢弃 {0} 个 SYN。").With(Number(drops)),
                new("Set tcp_syncookies to 1, then find the source of the half-open connections.", "请将 tcp_syncookies 设为 1，再查明半开连接的来源。")));
        }

        if (Rate(report, "TCPTimeWaitOverflow") is > Thresholds.TimeWaitSkippedCritical and var skipped)
        {
            findings.Add(new(
                Severity.Critical,
                new Phrase("{0} sockets per second skip TIME_WAIT: tcp_max_tw_buckets is reached.", "每秒有 {0} 个套接字跳过 TIME_WAIT：已达 tcp_max_tw_buckets。").With(Number(skipped)),
                new("Raise tcp_max_tw_buckets, or open fewer short connections.", "请调大 tcp_max_tw_buckets，或减少短连接。")));
        }

        if (Rate(report, "SyncookiesSent") is > Thresholds.SynCookiesWarning and var cookies)
        {
            findings.Add(new(
                Severity.Warning,
                new Phrase("A SYN queue is full: {0} SYN cookies per second are sent.", "SYN 队列已满：每秒发出 {0} 个 SYN cookie。").With(Number(cookies)),
                new("Few of them returned: spoofed sources, a flood. Nearly all: a genuine burst, raise the backlog.", "返回很少：源地址伪造的洪水。几乎全部返回：真实突发，请调大 backlog。")));
        }

        return findings;
    }

    private static List<Finding> Held(DetailedReading own)
    {
        var findings = new List<Finding>();
        long closeWait = own.States.Counts[TcpState.CloseWait]?.Total ?? 0;
        if (closeWait >= Thresholds.CloseWaitCount && own.CloseWaitPercent >= Thresholds.CloseWaitShare)
        {
            findings.Add(new(
                Severity.Warning,
                new Phrase("{0} sockets in CLOSE_WAIT, {1} % of the connections: a program does not close them.", "{0} 个 CLOSE_WAIT，占连接的 {1}%：有程序没有关闭连接。").With($"{closeWait:N0}", $"{own.CloseWaitPercent:0}"),
                new("No kernel setting ends them. Find the program and mend its close path.", "没有任何内核参数能结束它们。请找到程序并修复其关闭流程。")));
        }

        long synSent = own.States.Counts[TcpState.SynSent]?.Total ?? 0;
        if (synSent >= Thresholds.SynSentCount && own.SynSentPercent >= Thresholds.SynSentShare)
        {
            findings.Add(new(
                Severity.Notice,
                new Phrase("{0} outgoing connections wait for an answer (SYN_SENT).", "{0} 个出站连接在等待应答（SYN_SENT）。").With($"{synSent:N0}"),
                new("If it lasts, a firewall, a dead route or a full peer swallows the SYNs.", "如果持续存在，说明 SYN 被防火墙、失效路由或已满的对端丢弃。")));
        }

        if (own.OwnedFinWait2 >= Thresholds.OwnedFinWait2Count)
        {
            findings.Add(new(
                Severity.Notice,
                new Phrase("{0} sockets in FIN_WAIT2 are held by programs.", "程序持有 {0} 个 FIN_WAIT2。").With($"{own.OwnedFinWait2:N0}"),
                new("They closed one direction and wait for the peer without a limit.", "它们只关闭了一个方向，会一直等待对端。")));
        }

        return findings;
    }

    private static List<Finding> Reading(Report report, DetailedReading own)
    {
        var findings = new List<Finding>();
        if (own.States.Completeness != Completeness.Complete)
        {
            findings.Add(new(
                Severity.Notice,
                new("The reading is not complete.", "本次读取不完整。"),
                own.States.CompletenessReason ?? new("Sockets may be missing or doubled.", "可能有遗漏或重复。")));
        }

        if (report.Pace.Reason is { } reason)
            findings.Add(new(Severity.Notice, new("Sampling is slower than asked for.", "采样间隔已被拉长。"), reason));

        return findings;
    }

    private static double? Rate(Report report, string counter) => MetricSeries.Find("counter." + counter) is { } series ? report[series] : null;

    private static string Number(double? rate) => rate >= 10 ? $"{rate:N0}" : $"{rate:0.##}";
}
