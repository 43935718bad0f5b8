using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using TcpLens.CommandLine;
using TcpLens.Core.History;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Text;
using TcpLens.Outputs.Csv;
using TcpLens.Outputs.History;
using TcpLens.Outputs.Json;
using TcpLens.Outputs.Terminal.Past;
using TcpLens.Serving;

namespace TcpLens.Commands;

/// <summary><c>tcplens history</c>: the past that the resident monitor keeps, read from its file, also while it writes.</summary>
internal static class HistoryCommand
{
    /// <summary>Points for programs unless they ask for another number.</summary>
    private const int UsualPoints = 1000;

    private static readonly ValueOption s_state = new("--state", "STATES", new("states, separated by commas (default: all eleven)", "状态，以逗号分隔（默认全部十一种）")) { Values = [.. TcpStates.All.Select(info => info.Name)] };
    private static readonly ValueOption s_metric = new("--metric", "IDS", new("metrics by their ids, separated by commas", "指标标识，以逗号分隔"));
    private static readonly ValueOption s_from = new("--from", "TIME", new("the beginning: -2h, -30d, 2026-03-04T05:06:07Z (default -1h)", "起始时间：-2h、-30d、2026-03-04T05:06:07Z（默认 -1h）"));
    private static readonly ValueOption s_to = new("--to", "TIME", new("the end (default now)", "结束时间（默认 now）"));
    private static readonly ValueOption s_points = new("--points", "N", new("at most N points, 2 to 10000 (default 1000, or what the plot can show)", "最多 N 个点，2 到 10000（默认 1000，绘图时取可显示的数量）"));
    private static readonly ValueOption s_file = new("--file", "PATH", new($"the history (default: that of the configuration, {HistorySettings.DefaultPath})", $"历史文件（默认取自配置，即 {HistorySettings.DefaultPath}）"));
    private static readonly SwitchOption s_plot = new("--plot", new("a picture of characters (the default)", "字符图（默认）"));
    private static readonly SwitchOption s_json = new("--json", new("one JSON document", "输出一个 JSON 文档"));
    private static readonly SwitchOption s_csv = new("--csv", new("CSV with a heading", "输出带表头的 CSV"));

    public static DescribedCommand Create(Surroundings around)
    {
        var command = new DescribedCommand("history", new("the past: any state or metric, plotted or as data", "历史：任意状态或指标，绘图或输出数据"))
        {
            Details = new(
                "Reads the file that the resident monitor keeps, while it runs or not, or a copy of it. The finest resolution that fits is chosen; every point has minimum, average and maximum, so that a spike of a second is seen over a year. "
                + "In the plot full blocks reach to the average, shaded ones to the maximum; blank is unknown.",
                "读取常驻监控保存的历史文件（监控运行与否均可），也可读取其副本。自动选用合适的最细分辨率；每个点都有最小、平均和最大值，跨度一年也能看到一秒钟的尖峰。图中实心块到平均值，阴影到最大值，空白表示未知。"),
            Examples =
            [
                new("tcplens history", new("all states, the last hour", "全部状态，最近一小时")),
                new("tcplens history --state time_wait --from -2h", new("TIME_WAIT, two hours", "TIME_WAIT，最近两小时")),
                new("tcplens history --metric counter.ListenOverflows --from -30d --csv", new("a counter's rate, a month, as CSV", "某计数器的速率，一个月，CSV 格式")),
            ],
        };
        foreach (var option in new Option[] { s_state, s_metric, s_from, s_to, s_points, s_plot, s_json, s_csv, s_file, SettingOptions.Config })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, around));
        return command;
    }

    private static int Run(ParseResult parsed, Surroundings around)
    {
        bool json = parsed.GetValue(s_json), csv = parsed.GetValue(s_csv), plot = parsed.GetValue(s_plot);
        if ((json ? 1 : 0) + (csv ? 1 : 0) + (plot ? 1 : 0) > 1)
            throw new UsageException(new Phrase("choose one of --plot, --json and --csv", "--plot、--json、--csv 只能选一个"));
        var session = Session.Of(parsed, around);
        var now = around.Clock.GetUtcNow();
        var from = Moment(parsed, s_from, now) ?? now.AddHours(-1);
        var to = Moment(parsed, s_to, now) ?? now;
        if (from >= to)
            throw new UsageException(new Phrase("--from must be earlier than --to", "--from 必须早于 --to"));
        var series = Series(parsed);
        var view = new HistoryPlot(session.Language, session.Style, session.Columns, around.Clock.LocalTimeZone);
        int points = Points(parsed.GetValue(s_points)) ?? (json || csv ? UsualPoints : view.Points(series.Length));

        using var history = new StoredHistory(parsed.GetValue(s_file) ?? StandardPlaces.HistoryToRead(SettingOptions.Serve.Load(parsed, around), around.Environment));
        var answer = history.Read(new HistoryQuestion(series, from, to, points));
        if (answer.Trouble is { } trouble)
        {
            if (answer.Times.IsEmpty)
                throw new FailureException(trouble);
            session.PrintError(trouble);
        }

        if (json)
            session.Print(output => HistoryJson.Write(answer, output));
        else if (csv)
            session.Print(output => HistoryCsv.Write(answer, output));
        else if (answer.Times.IsEmpty)
            throw new FailureException(new Phrase("nothing is known of that time; look further back with --from", "该时段没有数据；可用 --from 查看更早的时间"));
        else
            session.Print(view.Render(answer, from, to));
        return ExitCode.Success;
    }

    private static ImmutableArray<MetricSeries> Series(ParseResult parsed)
    {
        var series = new List<MetricSeries>();
        foreach (string word in Words(parsed.GetValue(s_state)))
        {
            if (!TcpStates.TryParse(word, out var info))
                throw UsageException.Unknown(new Phrase("state", "状态"), word, s_state.Values);
            series.Add(MetricSeries.Find(MetricCatalog.IdOf(info.State))!);
        }

        foreach (string word in Words(parsed.GetValue(s_metric)))
            series.Add(MetricSeries.Find(word) ?? throw UsageException.Unknown(new Phrase("metric", "指标"), word, [.. MetricSeries.All.Select(one => one.Id)]));
        return series.Count > 0 ? [.. series.Distinct()] : [.. TcpStates.All.Select(info => MetricSeries.Find(MetricCatalog.IdOf(info.State))!)];
    }

    private static string[] Words(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static DateTimeOffset? Moment(ParseResult parsed, ValueOption option, DateTimeOffset now)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        return TimeWords.TryParse(text, now, out var moment) ? moment : throw new UsageException(
            new Phrase("{0} takes a time ({1}), not '{2}'", "{0} 需要一个时间（{1}），而不是“{2}”").With(option.Name, TimeWords.Forms, text));
    }

    private static int? Points(string? text)
    {
        if (text is null)
            return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int points) || points is < 2 or > HistoryQuestion.MostPoints)
            throw new UsageException(new Phrase("{0} takes a number from {1} to {2}, not '{3}'", "{0} 需要 {1} 到 {2} 之间的数，而不是“{3}”").With(s_points.Name, 2, HistoryQuestion.MostPoints, text));
        return points;
    }
}
