using System.Collections.Immutable;
using System.Text.Json;
using TcpLens.Core.Grouping;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;
using TcpLens.Outputs.Json;

namespace TcpLens.Outputs.Web.Api;

/// <summary>A report as the dashboard reads it. What is not known is <c>null</c>, never 0; lists are empty when the own namespace could not be read.</summary>
internal static class ReportJson
{
    /// <summary>Ports that are told; the same bound as in every other output.</summary>
    public const int PortsMaximum = 200;

    private static readonly GroupBy s_byService = GroupBy.All.First(by => by.Name == "service");

    public static void Write(Utf8JsonWriter json, Report report, WebContent content)
    {
        json.WriteStartObject();
        json.WriteNumber("number", report.Number);
        json.WriteTime("run", content.RunStart);
        json.WriteTime("time", report.At);
        json.WriteNumber("uptime_seconds", Math.Round(report.Uptime.TotalSeconds, 3));
        json.WriteString("version", content.Version);
        json.WriteString("host", report.HostName);
        json.WriteString("kernel", report.Kernel);
        json.WriteString("netns", report.OwnName.Name);
        WriteHow(json, report.Own?.States);
        json.WriteText("failure", report.Own is null ? report.Failure ?? new("The sockets could not be read.", "无法读取套接字。") : null);
        var gauges = report.Own is { } own ? LimitGauges.Of(own, report.Thresholds) : [];
        WriteVerdict(json, Verdict.Of(report));
        WritePace(json, report.Pace);
        WriteVisibility(json, content, report);
        WriteStates(json, report.Own);
        WriteOldest(json, report);
        WriteValues(json, report);
        WriteGauges(json, gauges);
        WritePorts(json, report.Own);
        WriteDestinations(json, report.Own, report.Owners);
        WriteLimits(json, report.Own?.Limits);
        WriteNamespaces(json, report);
        WriteHistory(json, content);
        json.WriteEndObject();
    }

    private static void WriteHow(Utf8JsonWriter json, StateReading? states)
    {
        json.WriteString("source", states?.Source);
        json.WriteText("source_reason", states?.SourceReason);
        if (states is null)
            json.WriteNull("duration_ms");
        else
            json.WriteMilliseconds("duration_ms", states.Duration);
        json.WriteString("completeness", states?.Completeness.ToString().ToLowerInvariant());
        json.WriteText("completeness_reason", states?.CompletenessReason);
    }

    private static void WriteVerdict(Utf8JsonWriter json, Verdict verdict)
    {
        json.WriteStartObject("verdict");
        json.WriteString("level", Name(verdict.Level));
        json.WriteText("sentence", verdict.Sentence);
        json.WriteText("detail", verdict.Detail);
        json.WriteEndObject();
    }

    private static void WritePace(Utf8JsonWriter json, SamplingPace pace)
    {
        json.WriteStartObject("pace");
        json.WriteNumber("wanted_seconds", pace.Wanted.TotalSeconds);
        json.WriteNumber("interval_seconds", pace.Interval.TotalSeconds);
        json.WriteNumber("budget_percent", (double?)pace.BudgetPercent);
        json.WriteNumber("used_percent", (double?)pace.UsedPercent);
        json.WriteMilliseconds("cost_ms", pace.Cost);
        json.WriteNumber("missed", pace.Missed);
        json.WriteText("reason", pace.Reason);
        json.WriteEndObject();
    }

    private static void WriteVisibility(Utf8JsonWriter json, WebContent content, Report report)
    {
        json.WriteStartArray("visibility");
        foreach (var one in report.Churn is { } churn ? content.Visibility.Add(new Visibility(false, churn.Text)) : content.Visibility)
        {
            json.WriteStartObject();
            json.WriteBoolean("can", one.Can);
            json.WriteText("what", one.What);
            json.WriteText("needs", one.Needs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStates(Utf8JsonWriter json, DetailedReading? own)
    {
        if (own is null)
        {
            json.WriteNull("states");
            json.WriteNull("close_reason");
            json.WriteNull("fin_wait2");
            return;
        }

        var counts = own.States.Counts;
        json.WriteStartObject("states");
        foreach (var info in TcpStates.All)
            StatesJson.WriteCount(json, info.Name, counts[info.State]);
        json.WriteEndObject();
        json.WriteText("close_reason", counts.CloseUnseen);
        json.WriteStartObject("fin_wait2");
        json.WriteNumber("orphaned", counts.OrphanFinWait2);
        json.WriteNumber("owned", own.OwnedFinWait2);
        json.WriteEndObject();
    }

    private static void WriteOldest(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject("oldest_seconds");
        foreach (var info in TcpStates.All)
            json.WriteNumber(info.Name, report.OldestSeconds(info.State));
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject("values");
        foreach (var series in MetricSeries.All)
            json.WriteNumber(series.Id, report[series]);
        json.WriteEndObject();
    }

    private static void WriteGauges(Utf8JsonWriter json, IEnumerable<LimitGauge> gauges)
    {
        json.WriteStartArray("gauges");
        foreach (var gauge in gauges)
        {
            json.WriteStartObject();
            json.WriteString("id", gauge.Id);
            json.WriteText("label", gauge.Label);
            json.WriteNumber("used", gauge.Used);
            json.WriteNumber("limit", gauge.Limit);
            json.WriteNumber("percent", (double?)gauge.Percent);
            json.WriteString("unit", gauge.Unit);
            json.WriteString("level", Name(gauge.Level));
            json.WriteText("detail", gauge.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePorts(Utf8JsonWriter json, DetailedReading? own)
    {
        json.WriteStartArray("ports");
        foreach (var port in own?.Ports.Take(PortsMaximum) ?? [])
        {
            json.WriteStartObject();
            json.WriteNumber("port", port.Port);
            json.WriteString("scope", port.Scope.ToString().ToLowerInvariant());
            json.WriteString("family", port.Family);
            json.WriteNumber("listeners", port.Listeners);
            json.WriteNumber("accept_queue", port.AcceptQueue);
            json.WriteNumber("accept_limit", port.AcceptQueueMaximum);
            json.WriteNumber("accept_percent", port.AcceptQueuePercent);
            json.WriteNumber("half_open_limit", port.HalfOpenMaximum);
            json.WriteNumber("half_open_percent", port.HalfOpenPercent);
            json.WriteStartObject("states");
            foreach (var state in MetricCatalog.PortStates)
                json.WriteNumber(state.Info().Name, port[state]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("ports_left_off", Math.Max(0, (own?.Ports.Length ?? 0) - PortsMaximum));
    }

    private static void WriteDestinations(Utf8JsonWriter json, DetailedReading? own, OwnerCensus? owners)
    {
        json.WriteStartArray("destinations");
        foreach (var use in own?.Destinations ?? [])
        {
            json.WriteStartObject();
            json.WriteString("source", use.Destination.Source.ToString());
            json.WriteString("destination", use.Destination.Target.ToString());
            json.WriteNumber("used", use.Used);
            json.WriteNumber("time_wait", use.TimeWait);
            json.WriteNumber("time_wait_reusable", own!.Limits.ReusesTimeWait(use.Destination) ? use.TimeWait : 0);
            json.WriteNumber("syn_sent", use.SynSent);
            json.WriteNumber("unanswered", use.Unanswered);
            json.WriteNumber("capacity", (long?)own.Limits.EphemeralPortCount);
            WriteCallers(json, owners?.Callers.GetValueOrDefault(use.Destination.Target) ?? default);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("destinations_left_off", Math.Max(0, (own?.DestinationCount ?? 0) - (own?.Destinations.Length ?? 0)));
        json.WriteText("destinations_unowned", owners is null ? new("Owners have not been looked for yet.", "尚未查找所有者。") : owners.Gap.Reason);
    }

    private static void WriteCallers(Utf8JsonWriter json, ImmutableArray<Owner> callers)
    {
        json.WriteStartArray("owners");
        foreach (var owner in callers.IsDefault ? [] : callers)
        {
            json.WriteStartObject();
            json.WriteString("service", owner.Service);
            json.WriteString("kind", owner.Kind);
            json.WriteString("process", owner.NumberedProcess);
            json.WriteString("command", owner.CommandLine);
            json.WriteString("filter", s_byService.FilterOf(owner.Service));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLimits(Utf8JsonWriter json, KernelLimits? limits)
    {
        if (limits is null)
        {
            json.WriteNull("limits");
            return;
        }

        json.WriteStartObject("limits");
        foreach (var (name, value) in LimitValues.Of(limits))
            json.WriteNumber(name, value);
        json.WriteEndObject();
    }

    private static void WriteNamespaces(Utf8JsonWriter json, Report report)
    {
        json.WriteStartArray("namespaces");
        foreach (var other in report.Others)
        {
            json.WriteStartObject();
            json.WriteString("netns", other.Name);
            json.WriteNumber("id", other.Id);
            json.WriteText("error", other.Reading is null ? other.Failure ?? new Phrase("not read", "未读取") : null);
            if (other.Reading is { } reading)
            {
                json.WriteStartObject("states");
                foreach (var info in TcpStates.All)
                    json.WriteNumber(info.Name, reading.Counts[info.State]?.Total);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("states");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHistory(Utf8JsonWriter json, WebContent content)
    {
        var history = content.History.Status;
        json.WriteStartObject("history");
        json.WriteBoolean("is_kept", history.IsKept);
        json.WriteString("path", history.Path);
        json.WriteNumber("bytes", history.Bytes);
        json.WriteTime("oldest", history.Oldest);
        json.WriteNumber("lost", history.Lost);
        json.WriteText("trouble", history.Trouble);
        json.WriteEndObject();
    }

    private static string Name(Severity level) => level.ToString().ToLowerInvariant();
}
