using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TcpLens.Core.History;
using TcpLens.Core.Metrics;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.Past;

/// <summary>
/// The past as a picture of characters: a panel for each series above one time axis. Full blocks reach to the average of a column, shaded
/// ones to its maximum, and what is blank is not known. A single series is drawn tall, many are a line each, so that all fit 24 lines.
/// </summary>
/// <param name="language">Of the words.</param>
/// <param name="style">Of the states' colours.</param>
/// <param name="columns">Columns of the terminal.</param>
/// <param name="zone">Time zone of the axis.</param>
public sealed class HistoryPlot(Language language, Style style, int columns, TimeZoneInfo zone)
{
    private const int NarrowestPlot = 20;
    private const int WidestPlot = 400;
    private const int NumberColumns = 9;
    private const int NameColumns = 13;

    /// <summary>Lines of all panels together: the axis, its labels and a heading stand beside them in 24.</summary>
    private const int PanelLines = 18;

    private const int TallestPanel = 14;
    private const int AnnotationsShown = 3;
    private const string Blocks = " ▁▂▃▄▅▆▇█";
    private const char Shade = '░';

    /// <summary>How many points a series can show: ask for no more.</summary>
    public int Points(int series) => Math.Clamp(columns - (IsTall(series) ? NumberColumns + 1 : NameColumns + (2 * NumberColumns) + 1), NarrowestPlot, WidestPlot);

    public string Render(HistoryAnswer answer, DateTimeOffset from, DateTimeOffset to)
    {
        var text = new StringBuilder();
        int width = Points(answer.Curves.Length);
        bool isTall = IsTall(answer.Curves.Length);
        long begin = from.ToUnixTimeMilliseconds(), end = to.ToUnixTimeMilliseconds();
        if (!isTall)
            text.Append(style.Bold(Heading(width))).Append('\n');
        foreach (var curve in answer.Curves)
        {
            var shown = PlotColumn.Of(answer, curve, begin, end, width);
            if (isTall)
                AppendPanel(text, curve, shown, (PanelLines / answer.Curves.Length) - 1);
            else
                AppendLine(text, curve, shown);
        }

        AppendAxis(text, answer, from, to, width, isTall ? NumberColumns : NameColumns + NumberColumns);
        return text.ToString();
    }

    private static bool IsTall(int series) => PanelLines / series >= 4;

    private string Heading(int width) => TextLayout.PadRight(In("STATE", "状态"), NameColumns) + TextLayout.PadLeft(In("LAST", "最新"), NumberColumns - 1) + "  "
        + TextLayout.PadRight(In("BEFORE .. NOW", "过去 .. 现在"), width) + TextLayout.PadLeft(In("MAXIMUM", "最大"), NumberColumns - 1);

    private void AppendLine(StringBuilder text, HistoryCurve curve, ImmutableArray<PlotColumn> shown)
    {
        double top = Top(shown);
        string line = string.Concat(shown.Select(column => column.Average is null ? ' ' : Block(Level(column.Maximum, top, 1), atLeast: 1)));
        string name = TextLayout.PadRight(TextLayout.Truncate(Name(curve.Series), NameColumns - 1), NameColumns);
        text.Append(Coloured(curve.Series, name)).Append(TextLayout.PadLeft(Last(curve), NumberColumns - 1)).Append("  ")
            .Append(Coloured(curve.Series, line)).Append(TextLayout.PadLeft(Maximum(curve), NumberColumns - 1)).Append('\n');
    }

    private void AppendPanel(StringBuilder text, HistoryCurve curve, ImmutableArray<PlotColumn> shown, int lines)
    {
        lines = Math.Min(lines, TallestPanel);
        text.Append(Coloured(curve.Series, Name(curve.Series)));
        if (shown.All(column => column.Average is null))
        {
            text.Append(In("  not known in this time\n", "  该时段未知\n"));
            return;
        }

        text.Append(In($"  last {Last(curve)}, average {Average(curve)}, maximum {Maximum(curve)}", $"  最新 {Last(curve)}，平均 {Average(curve)}，最大 {Maximum(curve)}"));
        string unit = curve.Series.IsRate ? In("per second", "每秒") : curve.Series.Metric.Unit;
        text.Append(unit.Length == 0 ? "\n" : $" ({unit})\n");
        double top = Top(shown);
        for (int line = lines - 1; line >= 0; line--)
        {
            string label = line == lines - 1 ? Number(top) : line == 0 ? "0" : line == (lines - 1) / 2 ? Number(top * (line + 1) / lines) : "";
            text.Append(TextLayout.PadLeft(label, NumberColumns - 1)).Append(" ┤");
            var drawn = new StringBuilder(shown.Length);
            foreach (var column in shown)
                drawn.Append(Cell(column, top, lines, line));
            text.Append(Coloured(curve.Series, drawn.ToString().TrimEnd())).Append('\n');
        }
    }

    private static char Cell(PlotColumn column, double top, int lines, int line)
    {
        if (column.Average is not { } average)
            return ' ';
        int full = Level(average, top, lines) - (line * 8), reached = Level(column.Maximum, top, lines) - (line * 8);
        // The lowest line shows that something is known, though it be zero.
        if (full > 0 || (line == 0 && reached <= 0))
            return Block(full, atLeast: 1);
        return reached > 0 ? Shade : ' ';
    }

    /// <summary>Eighths of a line.</summary>
    private static int Level(double value, double top, int lines) => top <= 0 ? 0 : (int)Math.Ceiling(Math.Clamp(value / top, 0, 1) * lines * 8);

    private static char Block(int eighths, int atLeast) => Blocks[Math.Clamp(eighths, atLeast, 8)];

    private void AppendAxis(StringBuilder text, HistoryAnswer answer, DateTimeOffset from, DateTimeOffset to, int width, int indent)
    {
        long begin = from.ToUnixTimeMilliseconds(), length = Math.Max(1, to.ToUnixTimeMilliseconds() - begin);
        var axis = new StringBuilder(new string('─', width));
        axis[width / 2] = '┬';
        axis[width - 1] = '┬';
        foreach (var annotation in answer.Annotations)
            axis[(int)Math.Clamp((annotation.At.ToUnixTimeMilliseconds() - begin) * width / length, 0, width - 1)] = '▲';
        text.Append(new string(' ', indent)).Append('└').Append(axis).Append('\n');

        string left = Time(from, to - from), middle = Time(from + ((to - from) / 2), to - from), right = Time(to, to - from);
        string labels = left;
        if (left.Length + middle.Length + right.Length + 8 <= width)
            labels = TextLayout.PadRight(labels, (width / 2) - (middle.Length / 2)) + middle;
        labels = TextLayout.PadRight(labels, width - right.Length) + right;
        text.Append(new string(' ', indent + 1)).Append(style.Faint(labels)).Append('\n');
        foreach (var annotation in answer.Annotations.TakeLast(AnnotationsShown))
            text.Append(TextLayout.Truncate($"▲ {TimeZoneInfo.ConvertTime(annotation.At, zone):yyyy-MM-dd HH:mm:ss}  {annotation.Text.In(language)}", Math.Max(columns, NarrowestPlot))).Append('\n');
    }

    private string Time(DateTimeOffset moment, TimeSpan length)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        string format = length.TotalDays switch { > 90 => "yyyy-MM-dd", > 1 => "MM-dd HH:mm", _ => "HH:mm:ss" };
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    private string Name(MetricSeries series) => StateOf(series)?.Linux ?? series.Metric.Name.In(language);

    private string Coloured(MetricSeries series, string text) => StateOf(series) is { } state ? style.Of(state, text) : text;

    private static TcpStateInfo? StateOf(MetricSeries series) => TcpStates.All.FirstOrDefault(info => MetricCatalog.IdOf(info.State) == series.Id);

    private static double Top(ImmutableArray<PlotColumn> shown) => shown.Where(column => column.Average is not null).Select(column => column.Maximum).DefaultIfEmpty(0).Max();

    private static string Last(HistoryCurve curve) => Number(curve.Average.LastOrDefault(value => value is not null));

    private static string Average(HistoryCurve curve) => Number(curve.Average.Average());

    private static string Maximum(HistoryCurve curve) => Number(curve.Maximum.Max());

    private static string Number(double? value) => value switch
    {
        null => "-",
        >= 10_000_000 => (value.Value / 1e6).ToString("#,0.0") + "M",
        >= 100 or 0 => value.Value.ToString("#,0"),
        _ => value.Value.ToString("0.##"),
    };

    private string In(string english, string chinese) => language == Language.Chinese ? chinese : english;
}
