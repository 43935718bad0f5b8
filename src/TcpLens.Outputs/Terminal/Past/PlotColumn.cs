using System.Collections.Immutable;
using TcpLens.Core.History;

namespace TcpLens.Outputs.Terminal.Past;

/// <summary>What one column of characters shows: all points that touch its time. Unknown where there is none.</summary>
internal readonly record struct PlotColumn(double? Average, double Maximum)
{
    /// <summary>Spreads a curve over the columns of a plot.</summary>
    public static ImmutableArray<PlotColumn> Of(HistoryAnswer answer, HistoryCurve curve, long from, long to, int columns)
    {
        long step = (long)answer.Step.TotalMilliseconds;
        var result = ImmutableArray.CreateBuilder<PlotColumn>(columns);
        int first = 0;
        for (int column = 0; column < columns; column++)
        {
            long begin = from + ((to - from) * column / columns), end = from + ((to - from) * (column + 1) / columns);
            while (first < answer.Times.Length && answer.Times[first] + step <= begin)
                first++;
            double sum = 0, maximum = double.NegativeInfinity;
            int count = 0;
            for (int i = first; i < answer.Times.Length && answer.Times[i] < end; i++)
            {
                if (curve.Average[i] is not { } average)
                    continue;
                sum += average;
                count++;
                maximum = Math.Max(maximum, curve.Maximum[i] ?? average);
            }

            result.Add(count == 0 ? default : new PlotColumn(sum / count, maximum));
        }

        return result.MoveToImmutable();
    }
}
