using System.Collections.Immutable;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Memory of all TCP queues of the machine against tcp_mem, and connections that were dropped for want of it.</summary>
internal static class MemoryRule
{
    private const string Id = "tcp_memory";

    private static readonly Func<Thresholds, Marks> s_full = at => new Marks { Critical = Mark.From(at.MemoryCritical) };
    private static readonly Marks s_aborts = new() { Critical = Mark.Above(0) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("TCP memory against tcp_mem", "TCP 内存占 tcp_mem 的比例"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        double? aborts = input.Rate("TCPAbortOnMemory");
        long? used = input.Reading.Counters.MemoryPages;
        var limit = input.Limits.Memory;
        if (aborts is null && (used is null || limit is not { Maximum: > 0 }))
            return Judgement.Unknown(new("tcp_mem is told in the initial namespace only", "只有初始命名空间提供 tcp_mem"));
        double? percent = input.Reading.MemoryPercent;
        var open = input.OpenAs(Id, Subject.Machine);
        var pressure = limit is { Pressure: > 0 and var pages } ? new Marks { Warning = Mark.From(pages) } : new Marks();
        var level = new[] { s_full(input.Thresholds).Of(percent, open), pressure.Of(used, open), s_aborts.Of(aborts, open) }.Max();
        var told = percent is null ? new Phrase("{0} connections dropped per second", "每秒丢弃 {0} 个连接").With(Figures.Rate(aborts))
            : new Phrase("{0} % of the maximum", "占最大值的 {0}%").With(Figures.Percent(percent));
        if (level == Severity.Ok)
            return Judgement.Fine(told);
        return Judgement.Of(new Finding
        {
            Rule = Id,
            Level = level,
            Subject = Subject.Machine,
            Sentence = aborts > 0
                ? new Phrase("{0} connections per second are dropped for want of memory or because of too many orphans.", "每秒有 {0} 个连接因内存不足或孤儿过多而被丢弃。").With(Figures.Rate(aborts))
                : new Phrase("TCP memory: {0} of {1} pages ({2} %).", "TCP 内存：{0}/{1} 页（{2}%）。").With(Figures.Count(used!.Value), Figures.Count(limit!.Value.Maximum), Figures.Percent(percent)),
            Evidence = Evidence(used, limit, aborts, input.Reading.Signs.UnreadCloseWait).AddRange(used is { } now ? input.Earlier(Usual.Memory, "memory", now, "pages") : []),
            Confidence = aborts > 0 && percent is null ? Confidence.Medium : Confidence.High,
            RuledOut = aborts > 0 && input.Reading.OrphansPercent < input.Thresholds.OrphansWarning ? [new("Orphans are far from tcp_max_orphans.", "孤儿套接字远未达到 tcp_max_orphans。")] : [],
            Cause = new("Queues are full of data: programs that do not read, peers that do not read, or buffers set too large.", "队列中积满数据：程序不读、对端不读，或缓冲区设置过大。"),
            Advice = new(
                "Above the limit the kernel drops data and connections. Find the program that does not read its data: large receive queues.",
                "超过上限后内核会丢弃数据和连接。请查找不读取数据的程序：接收队列很大。"),
            Remedies =
            [
                new("tcplens list --sort recvq", new("the largest receive queues", "接收队列最大的连接")),
                new("tcplens list --sort sendq", new("the largest send queues", "发送队列最大的连接")),
            ],
            Source = "https://docs.kernel.org/networking/snmp_counter.html",
        }, told);
    }

    private static ImmutableArray<Evidence> Evidence(long? used, Model.TcpMemoryLimits? limit, double? aborts, int unread)
    {
        var evidence = ImmutableArray.CreateBuilder<Evidence>();
        if (used is { } pages)
            evidence.Add(new("memory", new("memory in use", "已用内存"), pages, "pages"));
        if (limit is { } known)
        {
            evidence.Add(new("pressure", new("TCP saves memory from", "开始节省内存"), known.Pressure, "pages"));
            evidence.Add(new("maximum", new("TCP drops from", "开始丢弃"), known.Maximum, "pages"));
        }

        if (aborts is { } rate)
            evidence.Add(new("aborts", new("connections dropped", "被丢弃的连接"), rate, "/s"));
        evidence.Add(new("close_wait_unread", new("CLOSE_WAIT with unread data", "有未读数据的 CLOSE_WAIT"), unread));
        return evidence.ToImmutable();
    }
}
