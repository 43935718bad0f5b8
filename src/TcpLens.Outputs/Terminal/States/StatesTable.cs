using System.Text;
using TcpLens.Core.Model;
using TcpLens.Core.Readings;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.States;

/// <summary>One reading as the table that <c>tcplens</c> prints: 80 columns in both languages, eleven rows always.</summary>
public static class StatesTable
{
    private const int StateWidth = 11;
    private const int NumberWidth = 9;
    private const int BarWidth = 5;
    private const int BarStart = StateWidth + (3 * (NumberWidth + 1)) + 1;
    private const int NameWidth = 30;

    /// <summary>Columns that are left for the meaning of a state at 80 columns.</summary>
    public const int MeaningWidth = 32;

    private static readonly string[] s_eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

    public static string Render(HostReading host, Language language, Style style)
    {
        var text = new StringBuilder();
        foreach (string line in ReadingHeader.Lines(host, language, style))
            text.Append(line).Append('\n');
        text.Append('\n');
        if (host.Whole is { } whole)
            AppendTable(text, whole.Counts, language, style);
        if (host.Namespaces.Length > 1)
            AppendNamespaces(text, host, language, style);
        Phrase[] remarks = [.. Remarks.Of(host)];
        if (host.Namespaces.Length > 1 && remarks.Length > 0)
            text.Append('\n');
        foreach (var remark in remarks)
            text.AppendHanging("* ", remark.In(language));

        return text.ToString();
    }

    /// <summary>What stands in the last column: the short meaning; in Chinese with the state's Chinese name before it.</summary>
    public static string Meaning(TcpStateInfo info, Language language) =>
        language == Language.Chinese ? $"{info.Chinese}：{info.Meaning.Chinese}" : info.Meaning.English;

    /// <summary>A bar of at most <paramref name="width"/> columns, in steps of an eighth; a share above 0 is never invisible.</summary>
    internal static string Bar(double share, int width)
    {
        int eighths = (int)Math.Round(Math.Clamp(share, 0, 1) * width * 8);
        if (share > 0 && eighths == 0)
            eighths = 1;
        return new string('█', eighths / 8) + s_eighths[eighths % 8];
    }

    private static void AppendTable(StringBuilder text, StateCounts counts, Language language, Style style)
    {
        bool chinese = language == Language.Chinese;
        string heading = chinese ? Row("状态", "数量", "IPv4", "IPv6", "占比", "含义") : Row("STATE", "COUNT", "IPv4", "IPv6", "SHARE", "MEANING");
        text.Append(style.Bold(heading.TrimEnd())).Append('\n');
        long sum = Math.Max(1, counts.Sum.Total);
        foreach (var info in TcpStates.All)
        {
            var count = counts[info.State];
            string bar = Bar((double)(count?.Total ?? 0) / sum, BarWidth);
            string line = Row(info.Linux, Number(count?.Total), Number(count?.Ipv4), Number(count?.Ipv6), bar, Meaning(info, language)).TrimEnd();
            bool none = count is null or { Total: 0 };
            // Name and bar have the state's colour; a row without sockets steps back.
            text.Append(style.Of(info, line[..StateWidth]));
            text.Append(none
                ? style.Faint(line[StateWidth..])
                : line[StateWidth..BarStart] + style.Of(info, bar) + line[(BarStart + bar.Length)..]).Append('\n');
        }

        var total = counts.Sum;
        text.Append(style.Bold(Row(chinese ? "合计" : "SUM", Number(total.Total), Number(total.Ipv4), Number(total.Ipv6), "", "").TrimEnd())).Append('\n');
    }

    private static void AppendNamespaces(StringBuilder text, HostReading host, Language language, Style style)
    {
        bool chinese = language == Language.Chinese;
        text.Append('\n').Append(style.Bold(NamespaceRow(
            chinese ? "网络命名空间" : "NAMESPACE", chinese ? "合计" : "SUM", "LISTEN", "ESTABL.", "TIME_WAIT", "CLOSE_W."))).Append('\n');
        foreach (var one in host.Namespaces)
        {
            if (one.Reading?.Counts is not { } counts)
            {
                text.Append(TextLayout.Truncate(one.Name, NameWidth)).Append('\n');
                text.AppendHanging("  ", one.Failure?.In(language) ?? "");
                continue;
            }

            text.Append(NamespaceRow(
                one.Name,
                Number(counts.Sum.Total),
                Number(counts[TcpState.Listen]?.Total),
                Number(counts[TcpState.Established]?.Total),
                Number(counts[TcpState.TimeWait]?.Total),
                Number(counts[TcpState.CloseWait]?.Total))).Append('\n');
        }
    }

    private static string Row(string state, string count, string ipv4, string ipv6, string bar, string meaning) => string.Join(
        ' ',
        TextLayout.PadRight(state, StateWidth),
        TextLayout.PadLeft(count, NumberWidth),
        TextLayout.PadLeft(ipv4, NumberWidth),
        TextLayout.PadLeft(ipv6, NumberWidth),
        TextLayout.PadRight(bar, BarWidth),
        TextLayout.Truncate(meaning, MeaningWidth));

    private static string NamespaceRow(string name, params ReadOnlySpan<string> numbers)
    {
        var row = new StringBuilder(TextLayout.PadRight(TextLayout.Truncate(name, NameWidth), NameWidth));
        foreach (string number in numbers)
            row.Append(TextLayout.PadLeft(number, 10));
        return row.ToString();
    }

    private static string Number(long? number) => number is { } known ? known.ToString("N0") : "-";
}
