using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.History;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;

namespace TcpLens.Outputs.Prometheus;

/// <summary>
/// What the resident monitor knows, in Prometheus' text format 0.0.4: the states, the kernel's counters, limits and how near they are,
/// listening ports, destinations, and the monitor itself. Every label has few values: ports and destinations are bounded.
/// </summary>
public static class ReportExposition
{
    /// <summary>Listening ports that are told; those that loopback alone can reach are the first to be left off.</summary>
    public const int PortsMaximum = 100;

    private const string Gauge = "gauge";
    private const string Counter = "counter";

    private static readonly ImmutableArray<Severity> s_levels = [Severity.Notice, Severity.Warning, Severity.Critical];

    /// <summary>Writes the report.</summary>
    /// <param name="report">What was seen.</param>
    /// <param name="history">How the history is doing.</param>
    /// <param name="deliveries">How the servers are doing to which values are sent.</param>
    /// <param name="version">The version of the program.</param>
    /// <param name="nodeExporterNames">Whether the names of node_exporter follow.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(Report report, HistoryStatus history, IReadOnlyList<ServerDelivery> deliveries, string version, bool nodeExporterNames, IBufferWriter<byte> output)
    {
        var text = new ExpositionText();
        text.Begin("tcplens_build_info", Gauge, "1, with the version of TcpLens.").Sample(1, ("version", version));
        text.Single("tcplens_up", Gauge, "1 when the own network namespace could be read, 0 when not: what depends on it is then absent.", report.Own is null ? 0 : 1);
        if (report.Own is { } own)
        {
            StatesExposition.Append(text, report.ToHostReading()!);
            AppendOwn(text, report, own);
        }

        if (report.Owners is { } owners)
            OwnerExposition.Append(text, owners);
        AppendFindings(text, report.Health);
        AppendMonitor(text, report);
        AppendHistory(text, history);
        AppendDeliveries(text, deliveries);
        if (nodeExporterNames && report.Own is { } known)
            NodeExporterNames.Append(text, known);
        text.WriteTo(output);
    }

    /// <summary>A kernel counter's name as Prometheus writes it: <c>TCPReqQFullDrop</c> is <c>tcplens_kernel_tcp_req_q_full_drop_total</c>.</summary>
    internal static string CounterName(string kernelName)
    {
        var name = new StringBuilder("tcplens_kernel_");
        for (int i = 0; i < kernelName.Length; i++)
        {
            // A word begins behind a small letter, and with the last capital before one: TCPReqQFull is tcp req q full.
            bool begins = i > 0 && char.IsUpper(kernelName[i])
                && (char.IsLower(kernelName[i - 1]) || (i + 1 < kernelName.Length && char.IsLower(kernelName[i + 1])));
            if (begins)
                name.Append('_');
            name.Append(char.ToLowerInvariant(kernelName[i]));
        }

        return name.Append("_total").ToString();
    }

    private static void AppendOwn(ExpositionText text, Report report, DetailedReading own)
    {
        text.Begin("tcplens_fin_wait2_connections", Gauge, "FIN_WAIT2 by owner: the kernel ends those that no program holds, never those that one does.");
        text.Sample(own.States.Counts.OrphanFinWait2, ("owner", "kernel"));
        text.Sample(own.OwnedFinWait2, ("owner", "program"));
        text.Begin("tcplens_usage_ratio", Gauge, "How much of a limit is used, 0 to 1: of ports and destinations the fullest.");
        foreach (var metric in MetricCatalog.All.Where(metric => metric.Id.StartsWith("used.", StringComparison.Ordinal)))
            text.Sample(report[MetricSeries.Find(metric.Id)!] / 100, ("resource", metric.Id["used.".Length..]));
        text.Begin("tcplens_kernel_limit", Gauge, "Limits and settings of the kernel, by their names.");
        foreach (var (name, value) in LimitValues.Of(own.Limits))
            text.Sample(value, ("setting", name));
        text.Single("tcplens_kernel_time_wait_sockets", Gauge, "TIME_WAIT and FIN_WAIT2 without a program, by the kernel's own count: what tcp_max_tw_buckets limits.", own.Counters.TimeWaitSockets);
        text.Single("tcplens_kernel_orphan_sockets", Gauge, "Sockets without a program, of the whole machine: what tcp_max_orphans limits.", own.Counters.Orphans);
        text.Single("tcplens_kernel_allocated_sockets", Gauge, "TCP sockets that the kernel has allocated, of the whole machine.", own.Counters.Allocated);
        text.Single("tcplens_kernel_memory_pages", Gauge, "Pages of all TCP queues, of the whole machine: what tcp_mem limits.", own.Counters.MemoryPages);
        foreach (var metric in CounterMetrics.All)
        {
            string name = CounterMetrics.KernelName(metric);
            text.Single(CounterName(name), Counter, $"{metric.Name.English}: the kernel's {name}.", own.Counters[name]);
        }

        AppendPorts(text, own);
        AppendDestinations(text, own);
    }

    private static void AppendPorts(ExpositionText text, DetailedReading own)
    {
        ListeningPort[] ports = [.. own.Ports.Take(PortsMaximum)];
        text.Begin("tcplens_listener_accept_queue", Gauge, "Connections that wait for accept() in the port's fullest queue.");
        foreach (var port in ports)
            text.Sample(port.AcceptQueue, ("port", port.Port.ToString()));
        text.Begin("tcplens_listener_accept_queue_limit", Gauge, "Limit of that queue; absent where the source cannot tell.");
        foreach (var port in ports)
            text.Sample(port.AcceptQueueMaximum, ("port", port.Port.ToString()));
        text.Begin("tcplens_listener_syn_queue_limit", Gauge, "Half-open connections that the port's listeners take; absent where the source cannot tell.");
        foreach (var port in ports)
            text.Sample(port.HalfOpenMaximum, ("port", port.Port.ToString()));
        text.Begin("tcplens_port_connections", Gauge, "Sockets whose local port is a listening one, by state.");
        foreach (var port in ports)
        {
            foreach (var state in MetricCatalog.PortStates)
                text.Sample(port[state], ("port", port.Port.ToString()), ("state", state.Info().Name));
        }

        text.Single("tcplens_ports_left_off", Gauge, $"Listening ports beyond the first {PortsMaximum}, which alone are told.", own.Ports.Length - ports.Length);
    }

    private static void AppendDestinations(ExpositionText text, DetailedReading own)
    {
        text.Begin("tcplens_ephemeral_ports_used", Gauge, $"Local ports taken towards one destination, the {DetailedReading.DestinationsKept} busiest alone; the limit is tcplens_kernel_limit of ephemeral_ports.");
        foreach (var use in own.Destinations)
            text.Sample(use.Used, ("source", use.Destination.Source.ToString()), ("destination", use.Destination.Target.ToString()));
    }

    // Every rule always has its three samples, so that an alarm on one never loses its series.
    private static void AppendFindings(ExpositionText text, Health health)
    {
        text.Begin("tcplens_finding", Gauge, "1 while a finding of that rule is open with that severity, else 0; absent where the rule cannot judge.");
        foreach (var check in health.Checks)
        {
            var open = health.Open.Where(one => one.Finding.Rule == check.Rule).Select(one => one.Finding.Level).ToHashSet();
            if (check.Result == CheckResult.Unknown && open.Count == 0)
                continue;
            foreach (var level in s_levels)
                text.Sample(open.Contains(level) ? 1 : 0, ("rule", check.Rule), ("severity", level.ToString().ToLowerInvariant()));
        }
    }

    private static void AppendMonitor(ExpositionText text, Report report)
    {
        var pace = report.Pace;
        text.Single("tcplens_sample_timestamp_seconds", Gauge, "When the kernel was last read.", report.At.ToUnixTimeMilliseconds() / 1000.0);
        text.Single("tcplens_uptime_seconds", Gauge, "Since the monitor started.", report.Uptime.TotalSeconds);
        text.Single("tcplens_samples_total", Counter, "Readings of this run.", report.Number);
        text.Single("tcplens_samples_missed_total", Counter, "Readings of this run that came so late that the next was already due.", pace.Missed);
        text.Single("tcplens_sampling_interval_seconds", Gauge, "Time between two readings.", pace.Interval.TotalSeconds);
        text.Single("tcplens_sampling_wanted_interval_seconds", Gauge, "Time between two readings that the configuration asks for.", pace.Wanted.TotalSeconds);
        text.Single("tcplens_sampling_cpu_ratio", Gauge, "Share of one core that reading takes.", pace.UsedPercent / 100);
        text.Single("tcplens_sampling_cpu_budget_ratio", Gauge, "Share of one core that reading may take.", pace.BudgetPercent / 100);
    }

    private static void AppendHistory(ExpositionText text, HistoryStatus history)
    {
        text.Single("tcplens_history_kept", Gauge, "1 when samples are being stored.", history.IsKept ? 1 : 0);
        text.Single("tcplens_history_trouble", Gauge, "1 when something is wrong with the history.", history.Trouble is null ? 0 : 1);
        text.Single("tcplens_history_size_bytes", Gauge, "The history's file and its journal.", history.Bytes);
        text.Single("tcplens_history_samples_lost_total", Counter, "Samples of this run that could not be stored.", history.Lost);
    }

    private static void AppendDeliveries(ExpositionText text, IReadOnlyList<ServerDelivery> deliveries)
    {
        if (deliveries.Count == 0)
            return;
        Each("tcplens_zabbix_waiting_values", Gauge, "Values that the server has not taken yet.", one => one.Waiting);
        Each("tcplens_zabbix_dropped_values_total", Counter, "Values that were given up because the buffer was full.", one => one.Dropped);
        Each("tcplens_zabbix_last_success_timestamp_seconds", Gauge, "When the server took values last.", one => one.LastSuccess?.ToUnixTimeMilliseconds() / 1000.0);
        Each("tcplens_zabbix_trouble", Gauge, "1 when something is wrong with the sending.", one => one.Trouble is null ? 0 : 1);

        void Each(string name, string type, string help, Func<ServerDelivery, double?> value)
        {
            text.Begin(name, type, help);
            foreach (var one in deliveries)
                text.Sample(value(one), ("way", one.Way), ("server", one.Server));
        }
    }
}
