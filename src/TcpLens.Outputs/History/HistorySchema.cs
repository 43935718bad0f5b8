using System.Text;
using TcpLens.Core.Metrics;
using TcpLens.Sqlite;

namespace TcpLens.Outputs.History;

/// <summary>
/// The tables. A row is a moment and has a column for each series: one small record is appended per tick, whatever the number of series.
/// A series that is new becomes a new column; columns of a newer program stay as they are.
/// </summary>
internal static class HistorySchema
{
    /// <summary>"TcpL": the mark in the header of the file that says whose it is.</summary>
    public const int ApplicationId = 0x5463704c;

    /// <summary>Rises when an older program could no longer read or write the tables. New columns do not count.</summary>
    public const int Version = 1;

    public const int PageBytes = 4096;

    /// <summary>What one series has in a rolled-up row: its minimum, average and maximum, and how many samples knew it.</summary>
    public static readonly string[] Parts = ["min", "avg", "max", "n"];

    private static readonly string[] s_series = [.. MetricSeries.All.Select(series => series.Id)];

    /// <summary>Adds rows to the samples: the moment, the interval in milliseconds, then every series in order.</summary>
    public static string Insert { get; } =
        $"INSERT INTO second (at, every, {List(s_series.Select(id => Quoted(id)))}) VALUES (?1, ?2, {List(Enumerable.Range(3, s_series.Length).Select(place => $"?{place}"))})";

    /// <summary>Rolls the samples of the minute that begins at ?1 up.</summary>
    public static string RollMinute { get; } = Roll(Resolution.Minute, Resolution.Second, "count(*)", part => part switch
    {
        "min" => id => $"min({Quoted(id)})",
        "avg" => id => $"avg({Quoted(id)})",
        "max" => id => $"max({Quoted(id)})",
        _ => id => $"count({Quoted(id)})",
    });

    /// <summary>Rolls the minutes of the hour that begins at ?1 up; an average weighs by its samples.</summary>
    public static string RollHour { get; } = Roll(Resolution.Hour, Resolution.Minute, "sum(samples)", part => part switch
    {
        "min" => id => $"min({Quoted(id, "min")})",
        "avg" => id => $"sum({Quoted(id, "avg")} * {Quoted(id, "n")}) / sum({Quoted(id, "n")})",
        "max" => id => $"max({Quoted(id, "max")})",
        _ => id => $"coalesce(sum({Quoted(id, "n")}), 0)",
    });

    /// <summary>In brackets, which SQLite never takes for a text.</summary>
    public static string Quoted(string id, string? part = null) => part is null ? $"[{id}]" : $"[{id}:{part}]";

    /// <summary>The columns that a table must have beside its moment, with their types.</summary>
    public static IEnumerable<(string Name, string Type)> Columns(Resolution resolution)
    {
        yield return ("every", "INTEGER NOT NULL DEFAULT 1000");
        if (resolution != Resolution.Second)
            yield return ("samples", "INTEGER NOT NULL DEFAULT 0");
        foreach (string id in s_series)
        {
            if (resolution == Resolution.Second)
            {
                // REAL stores whole numbers as small as an integer, and any fraction.
                yield return (id, "REAL");
                continue;
            }

            foreach (string part in Parts)
                yield return ($"{id}:{part}", part == "n" ? "INTEGER" : "REAL");
        }
    }

    /// <summary>Makes the tables, or the columns that they lack.</summary>
    public static void Complete(SqliteDatabase database)
    {
        foreach (var resolution in Resolution.All)
        {
            var present = database.Columns(resolution.Table);
            if (present.Count == 0)
                database.Run($"CREATE TABLE {resolution.Table} (at INTEGER PRIMARY KEY, {List(Columns(resolution).Select(column => $"{Quoted(column.Name)} {column.Type}"))})");
            else
                foreach (var (name, type) in Columns(resolution).Where(column => !present.Contains(column.Name)))
                    database.Run($"ALTER TABLE {resolution.Table} ADD COLUMN {Quoted(name)} {type}");
        }

        database.Run("CREATE TABLE IF NOT EXISTS annotation (at INTEGER NOT NULL, kind TEXT NOT NULL, english TEXT NOT NULL, chinese TEXT NOT NULL)");
        database.Run("CREATE INDEX IF NOT EXISTS annotation_at ON annotation (at)");
    }

    // A row that is there already was rolled up before the clock was set back, or before a restart. When the finer rows are all still
    // there, the new roll-up holds the old one and replaces it. Else both are joined; a minimum and a maximum are never lost.
    private static string Roll(Resolution to, Resolution from, string samples, Func<string, Func<string, string>> expression)
    {
        string table = to.Table;
        var sql = new StringBuilder($"INSERT INTO {table} (at, every, samples");
        foreach (string id in s_series)
            sql.Append(", ").AppendJoin(", ", Parts.Select(part => Quoted(id, part)));
        sql.Append($") SELECT ?1, max(every), {samples}");
        foreach (string id in s_series)
            sql.Append(", ").AppendJoin(", ", Parts.Select(part => expression(part)(id)));
        sql.Append($" FROM {from.Table} WHERE at >= ?1 AND at < ?1 + {to.Milliseconds} GROUP BY at / {to.Milliseconds}")
            .Append($" ON CONFLICT (at) DO UPDATE SET every = max({table}.every, excluded.every), samples = {Joined(table, "samples")}");
        foreach (string id in s_series)
        {
            string min = Quoted(id, "min"), average = Quoted(id, "avg"), max = Quoted(id, "max"), n = Quoted(id, "n");
            sql.Append($", {min} = {Extreme("min", table, min)}, {max} = {Extreme("max", table, max)}, {n} = {Joined(table, n)}")
                .Append($", {average} = CASE WHEN excluded.{n} >= coalesce({table}.{n}, 0) THEN excluded.{average}")
                .Append($" ELSE ({table}.{average} * {table}.{n} + coalesce(excluded.{average}, 0) * excluded.{n}) / ({table}.{n} + excluded.{n}) END");
        }

        return sql.ToString();
    }

    private static string Extreme(string which, string table, string column) =>
        $"coalesce({which}({table}.{column}, excluded.{column}), {table}.{column}, excluded.{column})";

    private static string Joined(string table, string n) =>
        $"CASE WHEN excluded.{n} >= coalesce({table}.{n}, 0) THEN excluded.{n} ELSE {table}.{n} + excluded.{n} END";

    private static string List(IEnumerable<string> words) => string.Join(", ", words);
}
