using System.Text;
using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.States;

/// <summary>
/// Readings one after the other as frames of one picture: each state with its count, the change since the last reading and a sparkline
/// of the readings before. Remembers <see cref="Remembered"/> readings.
/// </summary>
public sealed class WatchView
{
    /// <summary>Columns of a sparkline, one per reading.</summary>
    public const int Remembered = 40;

    private const string Blocks = "▁▂▃▄▅▆▇█";
    private readonly List<StateCounts> _history = [];
    private (DateTimeOffset At, StateReading Reading)? _before;

    /// <summary>Takes the next reading and draws the frame, at most 80 columns wide and 24 lines high.</summary>
    public string Next(HostReading host, Language language, Style style)
    {
        var text = new StringBuilder();
        foreach (string line in ReadingHeader.Lines(host, language, style))
            text.Append(line).Append('\n');
        text.Append('\n');
        if (host.Whole is not { } whole)
            return text.ToString();
        if (_history.Count == Remembered)
            _history.RemoveAt(0);
        _history.Add(whole.Counts);
        bool chinese = language == Language.Chinese;
        text.Append(style.Bold(Row(
            chinese ? "状态" : "STATE", chinese ? "数量" : "COUNT", chinese ? "变化" : "CHANGE", chinese ? "走势（最右为最新）" : "BEFORE .. NOW").TrimEnd())).Append('\n');
        foreach (var info in TcpStates.All)
            AppendState(text, info, style);
        text.Append(style.Bold(Row(chinese ? "合计" : "SUM", Number(whole.Counts.Sum.Total), Change(counts => counts.Sum.Total), "").TrimEnd())).Append('\n');
        foreach (var remark in Remarks.Of(host))
            text.AppendHanging("* ", remark.In(language));
        if (_before is { } before && Churn.Between(before.Reading, whole, host.At - before.At) is { } churn)
            text.AppendHanging("* ", churn.Text.In(language));
        _before = (host.At, whole);
        return text.ToString();
    }

    private void AppendState(StringBuilder text, TcpStateInfo info, Style style)
    {
        long? Count(StateCounts counts) => counts[info.State]?.Total;
        var now = Count(_history[^1]);
        string sparkline = Sparkline(Count).TrimEnd();
        string row = Row(info.Linux, Number(now), Change(Count), "");
        string numbers = (sparkline.Length > 0 ? row : row.TrimEnd())[info.Linux.Length..];
        text.Append(style.Of(info, info.Linux)).Append(now is null or 0 ? style.Faint(numbers) : numbers);
        if (sparkline.Length > 0)
            text.Append(style.Of(info, sparkline));
        text.Append('\n');
    }

    private string Change(Func<StateCounts, long?> count)
    {
        if (_history.Count < 2 || count(_history[^1]) - count(_history[^2]) is not { } change)
            return "";
        return change == 0 ? "=" : change.ToString("+#,0;-#,0");
    }

    // From 0 to the highest value remembered. Where nothing moves, a low line: a full block would shout.
    private string Sparkline(Func<StateCounts, long?> count)
    {
        long highest = Math.Max(1, _history.Max(count) ?? 1);
        if (highest == (_history.Min(count) ?? 0))
            return new string(Blocks[0], _history.Count);
        var line = new StringBuilder(Remembered);
        foreach (var counts in _history)
        {
            long value = count(counts) ?? 0;
            line.Append(value == 0 ? ' ' : Blocks[(int)Math.Min(Blocks.Length - 1, value * (Blocks.Length - 1) / highest)]);
        }

        return line.ToString();
    }

    private static string Row(string state, string count, string change, string line) =>
        $"{TextLayout.PadRight(state, 12)}{TextLayout.PadLeft(count, 11)} {TextLayout.PadLeft(change, 11)}   {line}";

    private static string Number(long? number) => number is { } known ? known.ToString("N0") : "-";
}
