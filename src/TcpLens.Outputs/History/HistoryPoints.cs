using System.Collections.Immutable;
using TcpLens.Core.History;
using TcpLens.Core.Metrics;

namespace TcpLens.Outputs.History;

/// <summary>Collects rows in rising time into points: the minimum of minima, the average by samples, the maximum of maxima.</summary>
/// <param name="series">The series, in the order of a row's columns.</param>
/// <param name="step">Length of a point in milliseconds; 0 makes each row a point.</param>
internal sealed class HistoryPoints(ImmutableArray<MetricSeries> series, long step)
{
    private readonly double[] _minimum = new double[series.Length];
    private readonly double[] _maximum = new double[series.Length];
    private readonly double[] _sum = new double[series.Length];
    private readonly long[] _samples = new long[series.Length];
    private readonly ImmutableArray<long>.Builder _times = ImmutableArray.CreateBuilder<long>();
    private readonly ImmutableArray<double?>.Builder[] _minima = Builders(series.Length);
    private readonly ImmutableArray<double?>.Builder[] _averages = Builders(series.Length);
    private readonly ImmutableArray<double?>.Builder[] _maxima = Builders(series.Length);
    private long? _time;

    /// <summary>The end of the last row, in milliseconds: where the next table goes on.</summary>
    public long? End { get; private set; }

    /// <summary>Begins a row.</summary>
    public void Row(long at, long length)
    {
        long time = step == 0 ? at : Resolution.Floor(at, step);
        End = at + length;
        if (time == _time)
            return;
        Close();
        _time = time;
    }

    /// <summary>What the row knows of a series; nothing is called for what it does not know.</summary>
    public void Value(int place, double minimum, double average, double maximum, long samples)
    {
        bool isFirst = _samples[place] == 0;
        _minimum[place] = isFirst ? minimum : Math.Min(_minimum[place], minimum);
        _maximum[place] = isFirst ? maximum : Math.Max(_maximum[place], maximum);
        _sum[place] += average * samples;
        _samples[place] += samples;
    }

    public (ImmutableArray<long> Times, ImmutableArray<HistoryCurve> Curves) ToCurves()
    {
        Close();
        return (_times.ToImmutable(),
            [.. series.Select((one, i) => new HistoryCurve(one, _minima[i].ToImmutable(), _averages[i].ToImmutable(), _maxima[i].ToImmutable()))]);
    }

    private void Close()
    {
        if (_time is not { } time)
            return;
        _times.Add(time);
        for (int i = 0; i < _samples.Length; i++)
        {
            bool isKnown = _samples[i] > 0;
            _minima[i].Add(isKnown ? _minimum[i] : null);
            _averages[i].Add(isKnown ? _sum[i] / _samples[i] : null);
            _maxima[i].Add(isKnown ? _maximum[i] : null);
            _sum[i] = 0;
            _samples[i] = 0;
        }

        _time = null;
    }

    private static ImmutableArray<double?>.Builder[] Builders(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => ImmutableArray.CreateBuilder<double?>())];
}
