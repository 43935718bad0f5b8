using System.Buffers;
using System.Text.Json;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;

namespace TcpLens.Outputs.Zabbix;

/// <summary>
/// The value of <c>tcplens.states</c>: one reading as one JSON document, from which dependent items take their parts. What is not known is
/// absent, never 0. Always shorter than 64 KB, the longest text that Zabbix stores in MySQL.
/// </summary>
public static class StatesDocument
{
    /// <summary>Listening ports that are told; those that loopback alone can reach are the first to be left off.</summary>
    public const int PortsMaximum = 200;

    /// <summary>No port is begun behind this length: a port takes at most 400 bytes, what follows the ports 100.</summary>
    public const int BytesBeforePort = 60_000;

    /// <summary>Writes the document without a final newline.</summary>
    /// <param name="reading">The reading to tell.</param>
    /// <param name="health">What the resident monitor's rules say of it; <see langword="null"/> where none judged.</param>
    /// <param name="monitor">Whether the resident monitor answered for this namespace.</param>
    /// <param name="version">The version of the program.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(DetailedReading reading, Health? health, MonitorPresence monitor, string version, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, KeyNames.Json);
        json.WriteStartObject();
        json.WriteString("version", version);
        json.WriteString("time", reading.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
        WriteHow(json, reading.States);
        WriteMonitor(json, monitor);
        WriteStates(json, reading);
        WriteUsage(json, reading);
        WriteKernel(json, reading);
        WriteCounters(json, reading.Counters);
        WriteLimits(json, reading.Limits);
        WriteDestinations(json, reading);
        json.WritePropertyName("findings");
        FindingsDocument.Write(json, health);
        WritePorts(json, reading);
        json.WriteEndObject();
    }

    private static void WriteHow(Utf8JsonWriter json, StateReading states)
    {
        json.WriteString("source", states.Source);
        json.WriteNumber("duration_seconds", Math.Round((decimal)states.Duration.TotalSeconds, 6));
        json.WriteString("completeness", states.Completeness.ToString().ToLowerInvariant());
        json.WriteNumber("complete", states.Completeness == Completeness.Complete ? 1 : 0);
        json.WriteString("remark", (states.CompletenessReason ?? states.SourceReason)?.English ?? "");
    }

    private static void WriteMonitor(Utf8JsonWriter json, MonitorPresence monitor)
    {
        json.WriteStartObject("monitor");
        json.WriteNumber("runs", monitor.Runs ? 1 : 0);
        json.WriteString("remark", monitor.Absence?.English ?? "");
        json.WriteString("remark_zh", monitor.Absence?.Chinese ?? "");
        json.WriteEndObject();
    }

    private static void WriteStates(Utf8JsonWriter json, DetailedReading reading)
    {
        var counts = reading.States.Counts;
        json.WriteStartObject("states");
        foreach (var info in TcpStates.All)
        {
            if (counts[info.State] is { } count)
                WriteCount(json, info.Name, count);
        }

        json.WriteEndObject();
        WriteCount(json, "sum", counts.Sum);
        json.WriteStartObject("fin_wait2");
        json.WriteNumber("orphaned", counts.OrphanFinWait2);
        json.WriteNumber("owned", reading.OwnedFinWait2);
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, string name, StateCount count)
    {
        json.WriteStartObject(name);
        json.WriteNumber("total", count.Total);
        json.WriteNumber("ipv4", count.Ipv4);
        json.WriteNumber("ipv6", count.Ipv6);
        json.WriteNumber("v4mapped", count.V4Mapped);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, DetailedReading reading)
    {
        json.WriteStartObject("usage");
        WritePercent(json, "accept_queue", reading.AcceptQueuePercent);
        WritePercent(json, "half_open", reading.HalfOpenPercent);
        WritePercent(json, "time_wait", reading.TimeWaitPercent);
        WritePercent(json, "ephemeral", reading.EphemeralPercent);
        WritePercent(json, "orphans", reading.OrphansPercent);
        WritePercent(json, "memory", reading.MemoryPercent);
        WritePercent(json, "close_wait", reading.CloseWaitPercent);
        WritePercent(json, "syn_sent", reading.SynSentPercent);
        json.WriteEndObject();
    }

    private static void WriteKernel(Utf8JsonWriter json, DetailedReading reading)
    {
        json.WriteStartObject("kernel");
        WriteNumber(json, "time_wait_sockets", reading.Counters.TimeWaitSockets);
        WriteNumber(json, "orphans", reading.Counters.Orphans);
        WriteNumber(json, "allocated", reading.Counters.Allocated);
        WriteNumber(json, "memory_pages", reading.Counters.MemoryPages);
        json.WriteEndObject();
    }

    private static void WriteCounters(Utf8JsonWriter json, KernelCounters counters)
    {
        json.WriteStartObject("counters");
        foreach (var metric in CounterMetrics.All)
        {
            string name = CounterMetrics.KernelName(metric);
            WriteNumber(json, name, counters[name]);
        }

        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, KernelLimits limits)
    {
        json.WriteStartObject("limits");
        foreach (var (name, value) in LimitValues.Of(limits))
            WriteNumber(json, name, value);
        json.WriteEndObject();
    }

    private static void WriteDestinations(Utf8JsonWriter json, DetailedReading reading)
    {
        var busiest = reading.Destinations.FirstOrDefault();
        json.WriteStartObject("busiest");
        json.WriteString("destination", reading.Destinations.IsEmpty ? "" : busiest.Destination.ToString());
        json.WriteNumber("used", busiest.Used);
        json.WriteEndObject();
        json.WriteStartArray("destinations");
        foreach (var use in reading.Destinations)
        {
            json.WriteStartObject();
            json.WriteString("source", use.Destination.Source.ToString());
            json.WriteString("destination", use.Destination.Target.ToString());
            json.WriteNumber("used", use.Used);
            json.WriteNumber("time_wait", use.TimeWait);
            WriteNumber(json, "capacity", reading.Limits.EphemeralPortCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("sockets_without_destination", reading.DestinationsUnseen);
    }

    private static void WritePorts(Utf8JsonWriter json, DetailedReading reading)
    {
        int told = 0;
        json.WriteStartArray("ports");
        foreach (var port in reading.Ports.Take(PortsMaximum))
        {
            if (json.BytesCommitted + json.BytesPending > BytesBeforePort)
                break;
            WritePort(json, port, PortsDiscovery.IsEphemeral(port, reading.Limits));
            told++;
        }

        json.WriteEndArray();
        json.WriteNumber("ports_left_off", reading.Ports.Length - told);
    }

    private static void WritePort(Utf8JsonWriter json, ListeningPort port, bool isEphemeral)
    {
        json.WriteStartObject();
        json.WriteNumber("port", port.Port);
        json.WriteString("scope", port.Scope.ToString().ToLowerInvariant());
        json.WriteString("family", port.Family);
        json.WriteString("ephemeral", isEphemeral ? "yes" : "no");
        json.WriteNumber("listeners", port.Listeners);
        json.WriteNumber("accept_queue", port.AcceptQueue);
        WriteNumber(json, "accept_limit", port.AcceptQueueMaximum);
        WritePercent(json, "accept_used", port.AcceptQueuePercent);
        WritePercent(json, "half_open_used", port.HalfOpenPercent);
        foreach (var state in MetricCatalog.PortStates)
            json.WriteNumber(state.Info().Name, port[state]);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
            json.WriteNumber(name, known);
    }

    private static void WritePercent(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
            json.WriteNumber(name, Math.Round((decimal)known, 2));
    }
}
