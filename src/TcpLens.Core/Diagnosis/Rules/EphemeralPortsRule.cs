using System.Collections.Immutable;
using TcpLens.Core.Explain;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>
/// Local ports of each destination (source address, remote address, remote port) against all that there are. Ports in TIME_WAIT that a new
/// connection may take over are told apart: while the rest is low they are worth a notice, no more.
/// </summary>
internal static class EphemeralPortsRule
{
    private const string Id = "ephemeral_ports";

    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Warning = Mark.From(at.EphemeralWarning), Critical = Mark.From(at.EphemeralCritical) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("local ports of each destination", "每个目的地占用的本地端口"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        if (input.Limits.EphemeralPortCount is not { } ports || ports < 1)
            return Judgement.Unknown(new("ip_local_port_range is not known", "无法得知 ip_local_port_range"));
        var busiest = input.Reading.Destinations;
        return Judgement.Of(
            busiest.Take(LimitGauges.DestinationsMaximum).Select(use => Of(input, use, ports)).OfType<Finding>(),
            busiest.IsEmpty ? new("no outgoing connections", "没有出站连接")
                : new Phrase("busiest: {0} of {1}", "最多：{0}/{1}").With(Figures.Count(busiest[0].Used), Figures.Count(ports)));
    }

    private static Finding? Of(DiagnosisInput input, DestinationUse use, int ports)
    {
        var subject = Subject.Of(use.Destination);
        var open = input.OpenAs(Id, subject);
        int reusable = IsReusable(input.Limits, use) ? use.TimeWait : 0;
        var level = s_marks(input.Thresholds).Of(100.0 * use.Used / ports, open);
        if (level == Severity.Ok)
            return null;
        if (s_marks(input.Thresholds).Of(100.0 * (use.Used - reusable) / ports, open) is var hard && hard < level)
            level = hard == Severity.Ok ? Severity.Notice : hard;
        var full = reusable > 0 ? null : input.Forecast(look => Used(look, use.Destination), ports);
        return new Finding
        {
            Rule = Id,
            Level = level,
            Subject = subject,
            Sentence = new Phrase("Local ports towards {0}: {1} of {2} ({3} %).", "到 {0} 的本地端口：{1}/{2}（{3}%）。")
                .With(use.Destination.Target, Figures.Count(use.Used), Figures.Count(ports), Figures.Percent(100.0 * use.Used / ports)).Then(Figures.Forecast(full)),
            Evidence =
            [
                new("used", new("local ports in use", "占用的本地端口"), use.Used),
                new("capacity", new("ports that there are", "可用端口总数"), ports),
                new("time_wait", new("of these in TIME_WAIT", "其中处于 TIME_WAIT"), use.TimeWait),
                new("reusable", new("that may be taken over", "其中可被复用"), reusable),
                // The history knows the busiest destination of each moment, not every one.
                .. use.Destination == input.Reading.Destinations[0].Destination ? input.Earlier(Usual.BusiestPorts, "used", use.Used) : [],
                .. full is { } time ? [new Evidence("forecast", new("until the limit", "距达到上限"), Math.Round(time.TotalSeconds), "s")] : ImmutableArray<Evidence>.Empty,
            ],
            RuledOut = reusable > 0
                ? [new("TIME_WAIT older than a second is taken over by new connections (tcp_tw_reuse).", "超过一秒的 TIME_WAIT 会被新连接复用（tcp_tw_reuse）。")]
                : [new("The kernel takes no port in TIME_WAIT over for this destination.", "内核不会为该目的地复用处于 TIME_WAIT 的端口。")],
            Cause = use.TimeWait * 2 > use.Used
                ? new("Short connections to one destination: each holds its port for 60 s after its end.", "到同一目的地的短连接：每个连接结束后还要占用端口 60 秒。")
                : new("So many connections are open to one destination at once: a pool without a limit, or a leak.", "到同一目的地同时打开了这么多连接：连接池没有上限，或存在泄漏。"),
            Advice = new(
                "Every connection to one destination needs a local port of its own; at 100 % connect() fails with EADDRNOTAVAIL. Reuse connections.",
                "到同一目的地的每个连接都需要独立的本地端口；达到 100% 时 connect() 以 EADDRNOTAVAIL 失败。请复用连接。"),
            Remedies = Remedies(input.Limits, use),
            Source = "https://docs.kernel.org/networking/ip-sysctl.html",
        };
    }

    private static ImmutableArray<CommandHint> Remedies(KernelLimits limits, DestinationUse use)
    {
        var remedies = ImmutableArray.CreateBuilder<CommandHint>();
        remedies.Add(new($"tcplens list remote:{use.Destination.Target.Address} rport:{use.Destination.Target.Port}", new("these connections", "查看这些连接")));
        if (!IsReusable(limits, use) && use.TimeWait > 0)
            remedies.Add(new("sysctl -w net.ipv4.tcp_tw_reuse=1", new("takes over ports in TIME_WAIT", "允许复用 TIME_WAIT 端口")));
        if (limits.EphemeralPorts is { First: > 10_240 })
            remedies.Add(new("sysctl -w net.ipv4.ip_local_port_range='10240 65535'", new("more ports", "更多端口")));
        return remedies.ToImmutable();
    }

    private static bool IsReusable(KernelLimits limits, DestinationUse use) => limits.ReusesTimeWait(use.Destination);

    // A destination that was not among the busiest then took fewer ports than all of those: nothing is known of it.
    private static double? Used(Look look, Destination destination)
    {
        foreach (var use in look.Destinations)
        {
            if (use.Destination == destination)
                return use.Used;
        }

        return null;
    }
}
