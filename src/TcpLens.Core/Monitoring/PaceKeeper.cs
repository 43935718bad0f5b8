using System.Collections.Immutable;
using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>
/// Keeps sampling to its CPU budget: stretches the interval in steps when the ticks cost too much, and goes back when they are cheap again.
/// Knows no clock; costs come in as values.
/// </summary>
public sealed class PaceKeeper
{
    /// <summary>No host is so large that one looks at it less often; above that the budget is overdrawn, and the report says so.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(5);

    // A tick's cost varies with what else the machine does: the budget is about the mean.
    private const double Weight = 0.2;

    // The first readings meet cold caches.
    private const int TicksBeforeJudging = 3;

    // A shorter interval must fit well, or the pace would go back and forth.
    private const double RoomForFaster = 0.8;

    private static readonly ImmutableArray<int> s_steps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 3000];

    private readonly TimeSpan _wanted;
    private readonly double _budgetPercent;
    private readonly bool _watchesAll;
    private int _ticks;
    private double _smoothedSeconds;
    private TimeSpan _interval;

    /// <summary>Starts at the wanted interval.</summary>
    /// <param name="wanted">The interval to keep when it can be afforded.</param>
    /// <param name="budgetPercent">CPU that sampling may take, in percent of one core; greater than 0.</param>
    /// <param name="watchesAll">Told on in every <see cref="SamplingPace"/>.</param>
    public PaceKeeper(TimeSpan wanted, double budgetPercent, bool watchesAll)
    {
        _wanted = wanted;
        _interval = wanted;
        _budgetPercent = budgetPercent;
        _watchesAll = watchesAll;
    }

    /// <summary>Takes the CPU time of one tick and says how to go on.</summary>
    /// <param name="cost">CPU time that the tick has taken.</param>
    /// <param name="missed">Told on.</param>
    public SamplingPace Next(TimeSpan cost, long missed)
    {
        _smoothedSeconds = _ticks++ == 0 ? cost.TotalSeconds : _smoothedSeconds + ((cost.TotalSeconds - _smoothedSeconds) * Weight);
        if (_ticks >= TicksBeforeJudging)
            _interval = Affordable();
        return new SamplingPace
        {
            Wanted = _wanted,
            Interval = _interval,
            BudgetPercent = _budgetPercent,
            Cost = cost,
            UsedPercent = UsedAt(_interval),
            Missed = missed,
            WatchesAll = _watchesAll,
            Reason = Reason(),
        };
    }

    private TimeSpan Affordable()
    {
        var longest = _wanted > LongestInterval ? _wanted : LongestInterval;
        foreach (int step in s_steps)
        {
            var interval = _wanted * step;
            if (interval >= longest)
                break;
            double budget = interval < _interval ? _budgetPercent * RoomForFaster : _budgetPercent;
            if (UsedAt(interval) <= budget)
                return interval;
        }

        return longest;
    }

    private double UsedAt(TimeSpan interval) => 100 * _smoothedSeconds / interval.TotalSeconds;

    private Phrase? Reason()
    {
        if (_interval == _wanted)
            return null;
        var why = new Phrase(
            "a reading takes {0} ms of CPU: every {1} s it would use {2} % of one core, and the budget is {3} %",
            "一次读取占用 {0} 毫秒 CPU：若每 {1} 秒读取一次将占用一个核心的 {2}%，而预算为 {3}%")
            .With(Rounded(_smoothedSeconds * 1000), Rounded(_wanted.TotalSeconds), Rounded(UsedAt(_wanted)), _budgetPercent);
        return UsedAt(_interval) <= _budgetPercent ? why : why.Then(new Phrase("; even now it is overdrawn", "；当前仍超出预算"));
    }

    private static double Rounded(double value) => value < 10 ? Math.Round(value, 1) : Math.Round(value);
}
