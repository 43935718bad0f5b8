using System.Collections.Immutable;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis;

/// <summary>
/// Watches reading after reading: remembers what rates and trends need, and which ports were listened on, and has the rules judge each. Bounded
/// like <see cref="Past"/> and <see cref="FindingTracker"/>. Knows no clock; one thread.
/// </summary>
/// <param name="patience">As in <see cref="FindingTracker"/>.</param>
public sealed class Diagnostician(TimeSpan? patience = null)
{
    /// <summary>Listening ports that are remembered; of more than these none can go unnoticed, but some do.</summary>
    public const int ListenersMaximum = 1024;

    /// <summary>A port that was listened on for less is no service.</summary>
    private static readonly TimeSpan s_service = TimeSpan.FromMinutes(1);

    private readonly FindingTracker _tracker = new(patience);
    private readonly Dictionary<ushort, (TimeSpan First, TimeSpan Last)> _listeners = [];
    private Past _past = Past.None;
    private IdlePast _idle = IdlePast.None;

    /// <summary>Who holds which sockets, as it was seen last; <see langword="null"/> where nobody looked.</summary>
    public OwnerCensus? Owners { get; set; }

    /// <summary>Which connections are silent, as it was seen last; <see langword="null"/> where nobody looked. Another one is a new look.</summary>
    public IdleCensus? Idle { get; set; }

    /// <summary>From where on something is too much; another from the next reading on.</summary>
    public Thresholds Thresholds { get; set; } = Thresholds.Default;

    /// <summary>What was usual at this hour; another from the next reading on.</summary>
    public Usual Usual { get; set; } = Usual.Unknown;

    /// <summary>Judges the next reading.</summary>
    /// <param name="reading">What was read; <see langword="null"/> when it failed.</param>
    /// <param name="failure">Why.</param>
    /// <param name="pace">How the resident monitor samples, where there is one.</param>
    /// <param name="at">Wall clock.</param>
    /// <param name="uptime">By a clock that nobody can set; greater than at the reading before.</param>
    public Health Next(DetailedReading? reading, Phrase? failure, SamplingPace? pace, DateTimeOffset at, TimeSpan uptime)
    {
        if (reading is not null)
        {
            _past = _past.Add(Look.Of(uptime, reading));
            Remember(reading, uptime);
        }

        if (Idle is { } silent && !ReferenceEquals(silent, _idle.Latest))
            _idle = _idle.Add(uptime, silent);
        var input = new DiagnosisInput { Own = reading, Failure = failure, Pace = pace, Past = _past, GoneListeners = Gone(reading, uptime), Owners = Owners, Idle = Idle is null ? IdlePast.None : _idle, Thresholds = Thresholds, Usual = Usual };
        return _tracker.Next(input, at, uptime);
    }

    private void Remember(DetailedReading reading, TimeSpan uptime)
    {
        foreach (var port in reading.Ports)
        {
            // The kernel gives ephemeral ports to whoever asks for none: they come and go.
            if (IsEphemeral(reading.Limits, port.Port))
                continue;
            if (_listeners.TryGetValue(port.Port, out var seen))
                _listeners[port.Port] = (seen.First, uptime);
            else if (_listeners.Count < ListenersMaximum)
                _listeners.Add(port.Port, (uptime, uptime));
        }

        foreach (var (port, seen) in _listeners.Where(one => one.Value.Last < uptime).ToList())
        {
            if (seen.Last - seen.First < s_service || uptime - seen.Last > Past.Longest)
                _listeners.Remove(port);
        }
    }

    private ImmutableArray<GoneListener> Gone(DetailedReading? reading, TimeSpan uptime) => reading?.States.Completeness != Completeness.Complete ? [] :
    [
        .. _listeners.Where(one => one.Value.Last < uptime).OrderBy(one => one.Key)
            .Select(one => new GoneListener(one.Key, one.Value.Last - one.Value.First, uptime - one.Value.Last)),
    ];

    private static bool IsEphemeral(KernelLimits limits, ushort port) =>
        limits.EphemeralPorts is { } range && range.Contains(port) && (limits.ReservedPorts.IsDefault || !limits.ReservedPorts.Any(reserved => reserved.Contains(port)));
}
