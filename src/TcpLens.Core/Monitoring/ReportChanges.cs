using System.Collections.Immutable;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>What changed from one report to the next that explains a curve.</summary>
public static class ReportChanges
{
    /// <summary>Wall clock and steady clock drift apart by less in any interval, unless somebody set the wall clock.</summary>
    private static readonly TimeSpan s_drift = TimeSpan.FromSeconds(2);

    private static readonly ImmutableArray<(string Name, Func<KernelLimits, string?> Value)> s_settings =
    [
        ("tcp_max_tw_buckets", limits => Text(limits.TimeWaitMaximum)),
        ("tcp_max_orphans", limits => Text(limits.OrphansMaximum)),
        ("tcp_mem", limits => limits.Memory is { } memory ? $"{memory.Low} {memory.Pressure} {memory.Maximum}" : null),
        ("ip_local_port_range", limits => limits.EphemeralPorts is { } range ? $"{range.First}-{range.Last}" : null),
        ("ip_local_reserved_ports", limits => limits.ReservedPorts.IsDefault ? null : string.Join(',', limits.ReservedPorts.Select(range => $"{range.First}-{range.Last}"))),
        ("somaxconn", limits => Text(limits.AcceptQueueMaximum)),
        ("tcp_max_syn_backlog", limits => Text(limits.SynBacklogMaximum)),
        ("tcp_syncookies", limits => Text(limits.Syncookies)),
        ("tcp_fin_timeout", limits => Text(limits.FinTimeoutSeconds)),
        ("tcp_tw_reuse", limits => Text(limits.TimeWaitReuse)),
        ("tcp_syn_retries", limits => Text(limits.SynRetries)),
        ("tcp_synack_retries", limits => Text(limits.SynAckRetries)),
        ("tcp_retries2", limits => Text(limits.DataRetries)),
        ("tcp_keepalive_time", limits => Text(limits.KeepaliveTimeSeconds)),
        ("tcp_abort_on_overflow", limits => Text(limits.AbortOnOverflow)),
    ];

    /// <summary>The changes, none when there is nothing to tell.</summary>
    public static IReadOnlyList<Annotation> Between(Report before, Report now)
    {
        var told = new List<Annotation>();
        var stepped = now.At - before.At - (now.Uptime - before.Uptime);
        if (stepped.Duration() > s_drift)
            Tell(AnnotationKind.Clock, ClockSet.With(stepped < TimeSpan.Zero ? ClockBack : ClockAhead, Math.Round(stepped.Duration().TotalSeconds)));
        if (now.Pace.Interval != before.Pace.Interval)
            Tell(AnnotationKind.Sampling, Interval.With(before.Pace.Interval.TotalSeconds, now.Pace.Interval.TotalSeconds).Then(Because(now.Pace.Reason)));
        if (now.Failure is { } failure && before.Failure is null)
            Tell(AnnotationKind.Sampling, new Phrase("the sockets cannot be read: {0}", "无法读取套接字：{0}").With(failure));
        if (now.Failure is null && before.Failure is not null)
            Tell(AnnotationKind.Sampling, new Phrase("the sockets can be read again", "已恢复读取套接字"));
        foreach (var change in now.Health.Changes)
            Tell(AnnotationKind.Finding, change.Closed is { } closed ? Over.With(change.Finding.Sentence, Figures.Time(closed - change.Opened)) : Found.With(Level(change.Finding.Level), change.Finding.Sentence));
        if (before.Own is not { } older || now.Own is not { } newer)
            return told;
        if (older.States.Source != newer.States.Source)
            Tell(AnnotationKind.Sampling, new Phrase("read from {0} instead of {1}", "数据源由 {1} 改为 {0}").With(newer.States.Source, older.States.Source).Then(Because(newer.States.SourceReason)));
        foreach (var (name, value) in s_settings)
        {
            if (value(older.Limits) != value(newer.Limits))
                Tell(AnnotationKind.KernelSetting, Phrase.Same($"{name}: {value(older.Limits) ?? "-"} → {value(newer.Limits) ?? "-"}"));
        }

        return told;

        void Tell(AnnotationKind kind, Phrase text) => told.Add(new Annotation(now.At, kind, text));
    }

    private static Phrase Found { get; } = new("{0}: {1}", "{0}：{1}");

    private static Phrase Over { get; } = new("over after {1}: {0}", "已结束（持续 {1}）：{0}");

    private static Phrase Level(Severity level) => level switch
    {
        Severity.Critical => new("critical", "严重"),
        Severity.Warning => new("warning", "警告"),
        _ => new("notice", "提示"),
    };

    private static Phrase ClockSet { get; } = new("the clock was set {0} by {1} s", "系统时钟被{0} {1} 秒");

    private static Phrase ClockBack { get; } = new("back", "向回调了");

    private static Phrase ClockAhead { get; } = new("ahead", "向前调了");

    private static Phrase Interval { get; } = new("interval {0} s → {1} s", "采样间隔 {0} 秒 → {1} 秒");

    private static Phrase Because(Phrase? reason) => reason is { } known ? new Phrase(": {0}", "：{0}").With(known) : Phrase.Same("");

    private static string? Text(long? value) => value?.ToString();
}
