using System.Collections.Immutable;
using TcpLens.Core.History;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;
using TcpLens.Sqlite;

namespace TcpLens.Outputs.History;

/// <summary>
/// One question to an open file. Chooses the length of a point, then reads the coarsest tables that divide it, and finer ones for what is not
/// rolled up yet: the roll-ups are exact, so nothing is lost by it.
/// </summary>
internal sealed class HistoryQuery(SqliteDatabase database, string path, HistoryQuestion question, HistoryDeadline deadline)
{
    /// <summary>Annotations in an answer: more cannot be drawn. The latest are given.</summary>
    private const int AnnotationsMaximum = 500;

    private readonly long _from = question.From.ToUnixTimeMilliseconds();
    private readonly long _to = question.To.ToUnixTimeMilliseconds();

    public HistoryAnswer Answer()
    {
        database.Run("BEGIN");
        try
        {
            return ReadAll();
        }
        finally
        {
            database.Run("COMMIT");
        }
    }

    private HistoryAnswer ReadAll()
    {
        if (database.Number("PRAGMA user_version") is > HistorySchema.Version)
            return HistoryAnswer.Empty(question, HistoryTrouble.Newer(path));
        var finest = Finest();
        int most = Math.Clamp(question.PointsMaximum, 2, HistoryQuestion.MostPoints);
        var (points, step) = (new HistoryPoints(question.Series, 0), Resolution.Second.Milliseconds);
        bool isWhole = finest == Resolution.Second && AreFew(most, out step);
        if (isWhole)
        {
            Read(Resolution.Second, points, _from, 0);
        }
        else
        {
            step = HistorySteps.For(_from, _to, most, Math.Max(finest.Milliseconds, LeastStep()));
            points = new HistoryPoints(question.Series, step);
            foreach (var resolution in Resolution.All.Reverse().Where(one => one.Milliseconds <= step && step % one.Milliseconds == 0))
                Read(resolution, points, Math.Max(points.End ?? long.MinValue, _from), resolution == Resolution.Second ? 0 : resolution.Milliseconds - 1);
        }

        var (times, curves) = points.ToCurves();
        return new HistoryAnswer
        {
            Step = TimeSpan.FromMilliseconds(step),
            Times = times,
            Curves = curves,
            Annotations = Annotations(),
            Trouble = deadline.IsOver ? HistoryTrouble.TookTooLong : null,
        };
    }

    /// <summary>The finest table that knows all that any table knows of the range.</summary>
    private Resolution Finest()
    {
        foreach (var resolution in Resolution.All)
        {
            long? oldest = First(resolution);
            bool knowsAll = Resolution.All.Where(coarser => coarser.Milliseconds > resolution.Milliseconds).All(coarser =>
                First(coarser) is not { } older || (oldest is { } first && Math.Max(older, coarser.Floor(_from)) >= coarser.Floor(first)) || oldest <= _from);
            if (knowsAll)
                return resolution;
        }

        return Resolution.Hour;
    }

    private long? First(Resolution resolution) =>
        database.Number($"SELECT min(at) FROM {resolution.Table}");

    /// <summary>Whether the samples of the range themselves are not too many; then each is a point, as long as the longest interval.</summary>
    private bool AreFew(int most, out long step)
    {
        step = Resolution.Second.Milliseconds;
        long count = database.Number($"SELECT count(*) FROM (SELECT 1 FROM second WHERE at >= ?1 AND at < ?2 LIMIT {most + 1})", _from, _to) ?? 0;
        if (count > most)
            return false;
        long every = database.Number("SELECT max(every) FROM second WHERE at >= ?1 AND at < ?2", _from, _to) ?? 1000;
        step = Math.Max(1, (every + 999) / 1000) * 1000;
        return true;
    }

    /// <summary>A point must be longer than the interval of the samples: else now and then it would have none and look like a gap.</summary>
    private long LeastStep()
    {
        long longest = Resolution.All.Reverse().Select(resolution => database.Number($"SELECT max(every) FROM {resolution.Table} WHERE at >= ?1 AND at < ?2", _from, _to))
            .FirstOrDefault(every => every is not null) ?? 0;
        long last = database.Number("SELECT every FROM second WHERE at < ?1 ORDER BY at DESC LIMIT 1", _to) ?? 0;
        return HistorySteps.Above(Math.Max(longest, last));
    }

    private void Read(Resolution resolution, HistoryPoints points, long from, long before)
    {
        bool isSample = resolution == Resolution.Second;
        var present = database.Columns(resolution.Table);
        var known = question.Series.Select((series, place) => (series.Id, Place: place)).Where(one => present.Contains(isSample ? one.Id : one.Id + ":n")).ToArray();
        string columns = string.Concat(known.Select(one => isSample
            ? ", " + HistorySchema.Quoted(one.Id)
            : string.Concat(HistorySchema.Parts.Select(part => ", " + HistorySchema.Quoted(one.Id, part)))));
        using var rows = database.Prepare($"SELECT at{columns} FROM {resolution.Table} WHERE at >= ?1 AND at < ?2 ORDER BY at");
        rows.Bind(1, from - before);
        rows.Bind(2, _to);
        while (rows.Step() && deadline.Goes())
        {
            points.Row(rows.Integer(0), isSample ? 1 : resolution.Milliseconds);
            for (int i = 0; i < known.Length; i++)
                Take(rows, points, known[i].Place, isSample, isSample ? i + 1 : (i * HistorySchema.Parts.Length) + 1);
        }
    }

    private static void Take(SqliteStatement row, HistoryPoints points, int place, bool isSample, int column)
    {
        if (row.IsNull(column))
            return;
        double value = row.Real(column);
        if (isSample)
            points.Value(place, value, value, value, 1);
        else
            points.Value(place, value, row.Real(column + 1), row.Real(column + 2), row.Integer(column + 3));
    }

    private ImmutableArray<Annotation> Annotations()
    {
        using var rows = database.Prepare($"SELECT at, kind, english, chinese FROM annotation WHERE at >= ?1 AND at < ?2 ORDER BY at DESC, rowid DESC LIMIT {AnnotationsMaximum}");
        rows.Bind(1, _from);
        rows.Bind(2, _to);
        var annotations = new List<Annotation>();
        while (rows.Step() && deadline.Goes())
        {
            // A kind of a newer program is told as what it is nearest to: a note of the history.
            var kind = Enum.TryParse(rows.Text(1), out AnnotationKind known) ? known : AnnotationKind.History;
            annotations.Add(new Annotation(DateTimeOffset.FromUnixTimeMilliseconds(rows.Integer(0)), kind, new Phrase(rows.Text(2), rows.Text(3))));
        }

        annotations.Reverse();
        return [.. annotations];
    }
}
