using System.Collections.Immutable;
using TcpLens.Core.Diagnosis;
using TcpLens.Core.History;

namespace TcpLens.Serving;

/// <summary>
/// Keeps at hand what was usual at this hour, yesterday and a week ago: two short questions to the history every five minutes, by a thread of its own.
/// A tick takes what is there and waits for nothing.
/// </summary>
internal sealed class UsualHours : IAsyncDisposable
{
    /// <summary>Points of one question: one for each minute.</summary>
    private const int PointsMaximum = 60;

    /// <summary>Fewer known minutes are no hour.</summary>
    private const int PointsMinimum = 30;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly IHistory _history;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private volatile Usual _latest = Usual.Unknown;
    private int _isReading;

    public UsualHours(IHistory history, TimeProvider clock)
    {
        _history = history;
        _clock = clock;
        _timer = clock.CreateTimer(_ => Read(), null, s_first, s_pause);
    }

    /// <summary>What is known; any thread may ask.</summary>
    public Usual Latest => _latest;

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    // A history that answers slowly is not asked twice at once.
    private void Read()
    {
        if (Interlocked.Exchange(ref _isReading, 1) != 0)
            return;
        try
        {
            var now = _clock.GetUtcNow();
            _latest = new Usual(Around(now - TimeSpan.FromDays(1)), Around(now - TimeSpan.FromDays(7)));
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    private ImmutableDictionary<string, double> Around(DateTimeOffset time)
    {
        var answer = _history.Read(new HistoryQuestion(Usual.Series, time - (s_hour / 2), time + (s_hour / 2), PointsMaximum));
        var usual = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var curve in answer.Curves)
        {
            double[] known = [.. curve.Average.OfType<double>()];
            if (known.Length * answer.Step >= PointsMinimum * TimeSpan.FromMinutes(1))
                usual[curve.Series.Id] = known.Average();
        }

        return usual.ToImmutable();
    }
}
