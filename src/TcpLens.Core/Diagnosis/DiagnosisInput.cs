using System.Collections.Immutable;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>All that a rule may look at. What is not known is <see langword="null"/>, never 0.</summary>
public sealed record DiagnosisInput
{
    /// <summary>The latest reading; <see langword="null"/> when it could not be made.</summary>
    public required DetailedReading? Own { get; init; }

    /// <summary>Why not.</summary>
    public Phrase? Failure { get; init; }

    /// <summary>How the resident monitor samples; <see langword="null"/> where there is none.</summary>
    public SamplingPace? Pace { get; init; }

    /// <summary>Earlier looks, the latest among them. Empty or of one look at the first: rates are then unknown.</summary>
    public Past Past { get; init; } = Past.None;

    /// <summary>Ports on which a program listened for a while and does not any more, with how long that is so.</summary>
    public ImmutableArray<GoneListener> GoneListeners { get; init; } = [];

    /// <summary>Who holds which sockets; <see langword="null"/> where nobody looked.</summary>
    public OwnerCensus? Owners { get; init; }

    /// <summary>The looks for silent connections; without any where nobody looked.</summary>
    public IdlePast Idle { get; init; } = IdlePast.None;

    /// <summary>TIME_WAIT rises for a minute after every change of the load, and settles: a line through less foretells an end that does not come.</summary>
    public static TimeSpan ForecastAfter { get; } = TimeSpan.FromMinutes(3);

    /// <summary>The findings that are open, with their severities: what is open closes at lower marks.</summary>
    public IReadOnlyDictionary<FindingKey, Severity> Open { get; init; } = ImmutableDictionary<FindingKey, Severity>.Empty;

    /// <summary>From where on something is too much.</summary>
    public Thresholds Thresholds { get; init; } = Thresholds.Default;

    /// <summary>What was usual at this hour.</summary>
    public Usual Usual { get; init; } = Usual.Unknown;

    /// <summary>The reading, for rules that are only asked when there is one.</summary>
    public DetailedReading Reading => Own ?? throw new InvalidOperationException("there is no reading to judge");

    public KernelLimits Limits => Reading.Limits;

    /// <summary>Sockets in a state; 0 where the source cannot see it.</summary>
    public long Sockets(TcpState state) => Reading.States.Counts[state]?.Total ?? 0;

    /// <summary>A kernel's counter per second, over the last ten seconds; <see langword="null"/> when unknown.</summary>
    public double? Rate(string counter) => Past.Rate(counter, Past.RateWindow);

    /// <summary>How bad the open finding of that rule and subject is; <see cref="Severity.Ok"/> when none is open.</summary>
    public Severity OpenAs(string rule, Subject subject) => Open.GetValueOrDefault(new FindingKey(rule, subject.Kind, subject.Key), Severity.Ok);

    /// <summary>A state's number against the same hour yesterday and a week ago; empty where no history knows it.</summary>
    public ImmutableArray<Evidence> Earlier(TcpState state) => Earlier(MetricCatalog.IdOf(state), state.Info().Name, Sockets(state));

    /// <summary>The same of another number.</summary>
    /// <param name="series">One of <see cref="Usual.Series"/>.</param>
    /// <param name="name">The evidence's name begins with it.</param>
    /// <param name="now">The number now.</param>
    /// <param name="unit">As of the evidence.</param>
    public ImmutableArray<Evidence> Earlier(string series, string name, double now, string unit = "") =>
    [
        .. Against(Usual.Yesterday, series, (name, "yesterday"), new("same hour yesterday", "昨天同一时段"), now, unit),
        .. Against(Usual.LastWeek, series, (name, "last_week"), new("same hour a week ago", "一周前同一时段"), now, unit),
    ];

    /// <summary>
    /// When a number that grows as it does will reach its limit; <see langword="null"/> when it does not grow, not within a day, or has not been watched for
    /// <see cref="ForecastAfter"/>.
    /// </summary>
    public TimeSpan? Forecast(Func<Look, double?> number, double? limit)
    {
        double? growth = Past.Span < ForecastAfter ? null : Past.Growth(number);
        if (growth is not > 0 || number(Past.Looks[^1]) is not { } now || !(limit > now))
            return null;
        double seconds = (limit.Value - now) / growth.Value;
        return seconds <= TimeSpan.SecondsPerDay ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static Evidence[] Against(ImmutableDictionary<string, double> then, string series, (string Of, string When) name, Phrase label, double now, string unit)
    {
        if (!then.TryGetValue(series, out double usual))
            return [];
        var known = new Evidence($"{name.Of}_{name.When}", label, usual, unit);
        // Of next to none everything is a multiple.
        return usual < 1 ? [known] : [known, new Evidence($"{name.Of}_against_{name.When}", new("against it", "与之相比"), now / usual, "x")];
    }
}
