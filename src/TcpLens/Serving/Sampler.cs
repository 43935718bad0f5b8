using System.Collections.Immutable;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.Metrics;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Owners;
using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;
using TcpLens.Linux.Interop;

namespace TcpLens.Serving;

/// <summary>Makes one report of each tick. Knows no thread and no waiting: the loop calls it.</summary>
internal sealed class Sampler : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private readonly Diagnostician _diagnostician = new();
    private ISampledKernel _kernel;
    private PaceKeeper _pace;
    private bool _watchesAll;
    private long _number;
    private DetailedReading? _before;
    private TimeSpan _beforeAt;

    public Sampler(ISampledKernel kernel, SamplingPlan plan, TimeProvider clock)
    {
        _clock = clock;
        _startedAt = clock.GetTimestamp();
        _kernel = kernel;
        _watchesAll = plan.WatchesAll;
        _pace = plan.NewPace();
    }

    /// <summary>Who holds which sockets, as it was seen last; <see langword="null"/> where nobody looks.</summary>
    public Func<OwnerCensus?> Owners { get; init; } = static () => null;

    /// <summary>Which connections are silent, as it was seen last; <see langword="null"/> where nobody looks.</summary>
    public Func<IdleCensus?> Idle { get; init; } = static () => null;

    /// <summary>From where on something is too much; another from the next tick on.</summary>
    public Thresholds Thresholds
    {
        get => _diagnostician.Thresholds;
        set => _diagnostician.Thresholds = value;
    }

    /// <summary>Asked before each tick what was usual at this hour; answers at once.</summary>
    public Func<Usual> Usual { get; init; } = static () => Core.Diagnosis.Usual.Unknown;

    /// <summary>Goes on by another plan, and with another kernel where the source changed. Numbers and rates go on.</summary>
    public void Change(SamplingPlan plan, ISampledKernel? kernel)
    {
        _pace = plan.NewPace();
        _watchesAll = plan.WatchesAll;
        if (kernel is null)
            return;
        _kernel.Dispose();
        _kernel = kernel;
    }

    /// <summary>Reads the kernel once. What cannot be read is a failure in the report.</summary>
    /// <param name="missed">Ticks of this run that came too late to be made.</param>
    public Report Tick(long missed)
    {
        var begin = _kernel.CpuTime;
        var at = _clock.GetUtcNow();
        var uptime = _clock.GetElapsedTime(_startedAt);
        var own = ReadOwn(out var failure);
        var others = _watchesAll ? _kernel.ReadOthers() : [];
        var values = own is null ? SeriesValues.Unknown : SeriesValues.Of(own, _before, uptime - _beforeAt);
        var churn = own is not null && _before is not null ? Churn.Between(_before.States, own.States, uptime - _beforeAt) : null;
        if (own is not null)
            (_before, _beforeAt) = (own, uptime);
        var owners = _diagnostician.Owners = Owners();
        _diagnostician.Idle = Idle();
        _diagnostician.Usual = Usual();
        var pace = _pace.Next(_kernel.CpuTime - begin + Elsewhere(others), missed);
        return new Report
        {
            Number = ++_number,
            At = at,
            Uptime = uptime,
            HostName = _kernel.HostName,
            Kernel = _kernel.Release,
            Own = own,
            Failure = failure,
            OwnName = _kernel.OwnName,
            Others = others,
            Pace = pace,
            Values = values,
            Churn = churn,
            Owners = owners,
            Thresholds = Thresholds,
            Health = _diagnostician.Next(own, failure, pace, at, uptime),
        };
    }

    public void Dispose() => _kernel.Dispose();

    private DetailedReading? ReadOwn(out Phrase? failure)
    {
        failure = null;
        try
        {
            return _kernel.ReadOwn();
        }
        catch (SourceUnavailableException unavailable)
        {
            failure = unavailable.Reason;
        }
        catch (Exception trouble) when (trouble is SyscallException or IOException)
        {
            failure = Phrase.Same(trouble.Message);
        }

        return null;
    }

    // Another namespace is read by a thread that enters it: its time is the best that is known of its cost.
    private static TimeSpan Elsewhere(ImmutableArray<NamespaceReading> others)
    {
        var sum = TimeSpan.Zero;
        foreach (var one in others)
            sum += one.Reading is { } reading ? reading.Duration + reading.Setup : TimeSpan.Zero;
        return sum;
    }
}
