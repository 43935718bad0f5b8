using TcpLens.Core.Model;

namespace TcpLens.Core.Metrics;

/// <summary>The kernel's limits by the names under which every output tells them: those of <see cref="CounterMetrics.Limits"/>.</summary>
public static class LimitValues
{
    /// <summary>Each limit with its value; <see langword="null"/> where this kernel or namespace does not tell it.</summary>
    public static IEnumerable<(string Name, long? Value)> Of(KernelLimits limits) =>
    [
        ("tcp_max_tw_buckets", limits.TimeWaitMaximum),
        ("tcp_max_orphans", limits.OrphansMaximum),
        ("tcp_mem_pressure", limits.Memory?.Pressure),
        ("tcp_mem_max", limits.Memory?.Maximum),
        ("ephemeral_ports", limits.EphemeralPortCount),
        ("somaxconn", limits.AcceptQueueMaximum),
        ("tcp_max_syn_backlog", limits.SynBacklogMaximum),
        ("tcp_syncookies", limits.Syncookies),
        ("tcp_fin_timeout", limits.FinTimeoutSeconds),
        ("tcp_tw_reuse", limits.TimeWaitReuse),
    ];
}
