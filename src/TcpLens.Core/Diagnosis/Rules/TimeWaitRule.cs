using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>TIME_WAIT against tcp_max_tw_buckets, and what skipped the state. Their number alone is never a finding.</summary>
internal static class TimeWaitRule
{
    public const string Id = "time_wait_limit";

    private static readonly Func<Thresholds, Marks> s_full = at => new Marks { Warning = Mark.From(at.TimeWaitWarning) };
    private static readonly Func<Thresholds, Marks> s_skipped = at => new Marks { Critical = Mark.Above(at.TimeWaitSkippedCritical) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("TIME_WAIT against tcp_max_tw_buckets", "TIME_WAIT 占 tcp_max_tw_buckets 的比例"),
        Judge = Judge,
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        double? percent = input.Reading.TimeWaitPercent, skipped = input.Rate("TCPTimeWaitOverflow");
        if (percent is null && skipped is null)
            return Judgement.Unknown(new("tcp_max_tw_buckets is not known", "无法得知 tcp_max_tw_buckets"));
        var open = input.OpenAs(Id, Subject.Host);
        var isSkipping = s_skipped(input.Thresholds).Of(skipped, open);
        var level = isSkipping > Severity.Ok ? isSkipping : s_full(input.Thresholds).Of(percent, open);
        var told = new Phrase("{0} % used; {1} skipped per second", "已用 {0}%；每秒跳过 {1} 个").With(percent is null ? "?" : Figures.Percent(percent), skipped is null ? "?" : Figures.Rate(skipped));
        if (level == Severity.Ok)
            return Judgement.Fine(told);
        long? used = input.Reading.Counters.TimeWaitSockets, limit = input.Limits.TimeWaitMaximum;
        var full = input.Forecast(look => look.Counters.TimeWaitSockets, limit);
        return Judgement.Of(new Finding
        {
            Rule = Id,
            Level = level,
            Sentence = isSkipping > Severity.Ok
                ? new Phrase("{0} sockets per second skip TIME_WAIT: tcp_max_tw_buckets is reached.", "每秒有 {0} 个套接字跳过 TIME_WAIT：已达 tcp_max_tw_buckets。").With(Figures.Rate(skipped))
                : new Phrase("TIME_WAIT: {0} of {1} ({2} %).", "TIME_WAIT：{0}/{1}（{2}%）。").With(Figures.Count(used!.Value), Figures.Count(limit!.Value), Figures.Percent(percent)).Then(Figures.Forecast(full)),
            Evidence = Evidence(used, limit, skipped, full).AddRange(input.Earlier(TcpState.TimeWait)),
            RuledOut = [new("Not a matter of tcp_fin_timeout: TIME_WAIT lasts 60 s whatever it says.", "与 tcp_fin_timeout 无关：TIME_WAIT 固定持续 60 秒。")],
            Cause = new(
                "Connections that this side closes first end faster than 60 seconds each allow: short connections, no keep-alive, no pool.",
                "由本端先关闭的连接结束得比 60 秒一轮更快：短连接、没有 keep-alive、没有连接池。"),
            Advice = new("Raise tcp_max_tw_buckets (never lower it), or open fewer short connections.", "请调大 tcp_max_tw_buckets（切勿调小），或减少短连接。"),
            Remedies =
            [
                new($"sysctl -w net.ipv4.tcp_max_tw_buckets={2 * (limit ?? 131_072)}", new("room for twice as many", "容量加倍")),
                new("tcplens list state:time_wait", new("at a listening port, or to whom?", "在监听端口，还是去往何处")),
            ],
            Source = "https://vincent.bernat.ch/en/blog/2014-tcp-time-wait-state-linux",
        }, told);
    }

    private static ImmutableArray<Evidence> Evidence(long? used, long? limit, double? skipped, TimeSpan? full)
    {
        var evidence = ImmutableArray.CreateBuilder<Evidence>();
        if (used is { } sockets)
            evidence.Add(new("time_wait", new("TIME_WAIT, orphaned FIN_WAIT2", "TIME_WAIT 与孤儿 FIN_WAIT2"), sockets));
        if (limit is { } buckets)
            evidence.Add(new("tcp_max_tw_buckets", Phrase.Same("tcp_max_tw_buckets"), buckets));
        if (skipped is { } rate)
            evidence.Add(new("skipped", new("skipped", "跳过"), rate, "/s"));
        if (full is { } time)
            evidence.Add(new("forecast", new("until the limit", "距达到上限"), Math.Round(time.TotalSeconds), "s"));
        return evidence.ToImmutable();
    }
}
