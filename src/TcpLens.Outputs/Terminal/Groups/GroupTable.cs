using System.Text;
using TcpLens.Core.Grouping;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.Groups;

/// <summary>Groups of sockets as a table: the largest first, the states that matter in columns of their own, then what is not told.</summary>
public static class GroupTable
{
    private const int SumWidth = 8;
    private const int NumberWidth = 9;
    private const int NarrowestKey = 20;
    private const int WidestKey = 60;

    private static readonly TcpState[] s_shown = [TcpState.Listen, TcpState.Established, TcpState.CloseWait, TcpState.TimeWait];

    private static readonly Phrase s_notHeld = new(
        "~: not all of them were seen to be held by it: some follow their listener, their cgroup, or who held them before.",
        "~：其中部分套接字并非直接看到由其持有，而是按监听套接字、cgroup 或之前的持有者推断。");

    /// <summary>The table, <paramref name="columns"/> wide.</summary>
    public static string Render(GroupReading reading, Language language, Style style, int columns)
    {
        int width = Math.Clamp(columns - SumWidth - ((s_shown.Length + 1) * NumberWidth) - 2, NarrowestKey, WidestKey);
        bool chinese = language == Language.Chinese;
        var text = new StringBuilder();
        string heading = Row(width, reading.By.Label.In(language), ' ', [chinese ? "合计" : "SUM", .. s_shown.Select(state => state.Info().Linux), chinese ? "其他" : "OTHER"]);
        text.Append(style.Bold(chinese ? heading : heading.ToUpperInvariant())).Append('\n');
        bool hasMark = false;
        foreach (var group in reading.Groups.Largest(reading.Most))
        {
            bool isMarked = group.Certainty is { } sure && sure != "held";
            hasMark |= isMarked;
            text.Append(Row(width, group.Key, isMarked ? '~' : ' ', Numbers(group))).Append('\n');
        }

        AppendRest(text, reading, width, language, style);
        AppendRemarks(text, reading, hasMark, language, columns);
        return text.ToString();
    }

    private static string[] Numbers(SocketGroup group)
    {
        int rest = group.Total;
        foreach (var state in s_shown)
            rest -= group[state];
        return [Number(group.Total), .. s_shown.Select(state => Number(group[state])), Number(rest)];
    }

    private static void AppendRest(StringBuilder text, GroupReading reading, int width, Language language, Style style)
    {
        if (reading.OtherTotal > 0)
        {
            var other = reading.IsOtherAtLeast ? new Phrase("(others: {0} or more)", "（至少另有 {0} 组）") : new Phrase("(others: {0})", "（另有 {0} 组）");
            text.Append(style.Faint(Row(width, other.With(reading.OtherGroups).In(language), ' ', [Number(reading.OtherTotal)]))).Append('\n');
        }

        if (reading.Gap.Total > 0)
            text.Append(style.Faint(Row(width, new Phrase("(unknown)", "（未知）").In(language), ' ', [Number(reading.Gap.Total)]))).Append('\n');
        text.Append(style.Bold(Row(width, language == Language.Chinese ? "合计" : "SUM", ' ', [Number(reading.Groups.Matched)]))).Append('\n');
    }

    private static void AppendRemarks(StringBuilder text, GroupReading reading, bool hasMark, Language language, int columns)
    {
        var remarks = new List<Phrase>();
        if (reading.Gap.Reason is { } gap)
            remarks.Add(gap);
        if (hasMark)
            remarks.Add(s_notHeld);
        if (reading.Worst.Reason is { } incomplete)
            remarks.Add(new Phrase("the counts are not complete: {0}", "计数不完整：{0}").With(incomplete));
        foreach (var remark in remarks)
        {
            string mark = "* ";
            foreach (string line in TextLayout.Wrap(remark.In(language), columns - mark.Length))
            {
                text.Append(mark).Append(line).Append('\n');
                mark = "  ";
            }
        }
    }

    private static string Row(int width, string key, char mark, ReadOnlySpan<string> numbers)
    {
        var row = new StringBuilder(TextLayout.PadRight(TextLayout.Truncate(key, width), width)).Append(' ').Append(mark);
        for (int i = 0; i < numbers.Length; i++)
            row.Append(TextLayout.PadLeft(i == 0 ? numbers[i] : Short(numbers[i]), i == 0 ? SumWidth : NumberWidth));
        return row.ToString().TrimEnd();
    }

    // The long names of states are cut as in the table of namespaces.
    private static string Short(string name) => name switch
    {
        "ESTABLISHED" => "ESTABL.",
        "CLOSE_WAIT" => "CLOSE_W.",
        "TIME_WAIT" => "TIME_W.",
        _ => name,
    };

    private static string Number(long number) => number == 0 ? "-" : number.ToString("N0");
}
