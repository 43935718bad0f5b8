using TcpLens.Bench.Contenders;
using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>The short table of the README, made from the same raw data as the whole page and put between two marks.</summary>
public sealed class ReadmeExcerpt(RawData data)
{
    private const string Begin = "<!-- bench:begin -->\n";
    private const string End = "<!-- bench:end -->";

    // What readers know: without our own yardsticks, and without collectd, of which only processor time can be told.
    private static readonly string[] s_shown = ["tcplens", "ss", "netstat-recipe", ContenderText.TcpLensReading, "node-exporter", "zabbix-agentd"];

    private readonly List<SizeFigures> _sizes = data.Samples.GroupBy(sample => sample.Size).OrderBy(group => group.Key).Select(group => new SizeFigures(group.Key, group)).ToList();

    /// <summary>The READMEs at the root of the repository.</summary>
    public static IReadOnlyList<(string File, Language Language)> Pages { get; } = [("README.md", Language.English), ("README.zh.md", Language.Chinese)];

    /// <summary><paramref name="readme"/> with this excerpt between its marks.</summary>
    /// <exception cref="FormatException">There are no such marks.</exception>
    public string PutInto(string readme, Language language)
    {
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        int end = readme.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new FormatException($"no {Begin.Trim()} before {End}");
        return readme[..(begin + Begin.Length)] + In(language) + readme[end..];
    }

    public string In(Language language)
    {
        var page = new MarkdownPage(language);
        Table(page, Position.Process, new("Whole process, start to exit: ms", "整个进程，从启动到退出：毫秒"));
        page.Line();
        Table(page, Position.Resident, new("One reading of a program that runs anyway: ms", "常驻程序读取一次：毫秒"));
        page.Line();
        var run = data.Run;
        page.Line(new Phrase(
            "Medians of {0} rounds (slow contenders fewer), {1}, {2} cores, Linux {3}, {4}. The reading of TcpLens is the first one of a fresh process.",
            "取 {0} 轮的中位数（慢的工具轮数较少），{1}，{2} 核，Linux {3}，{4}。TcpLens 的读取是新进程的首次读取。").With(run.Rounds, run.Processor, run.Cores, run.Kernel, $"{run.Date:yyyy-MM-dd}"));
        return page.ToString();
    }

    private void Table(MarkdownPage page, Position position, Phrase title)
    {
        Phrase[] heading =
        [
            title,
            .. _sizes.Select(size => new Phrase("{0} sockets", "{0} 个套接字").With($"{size.Size:N0}")),
            new("Peak RSS, MiB", "内存峰值 MiB"),
            new("Eleven states", "十一种状态"),
        ];
        page.Row(heading);
        page.Line("|---|" + string.Concat(Enumerable.Repeat("---:|", _sizes.Count + 1)) + "---|");
        foreach (var text in ContenderText.All.Where(text => text.Position == position && s_shown.Contains(text.Id, StringComparer.Ordinal)))
        {
            var all = _sizes.Select(size => size.Of(text.Id)).ToList();
            if (all.TrueForAll(figures => figures is null))
                continue;
            Phrase[] cells =
            [
                text.Name,
                .. all.Select(figures => Phrase.Same(ResultsPage.Number(figures?.Wall?.Median))),
                Phrase.Same(ResultsPage.Number(all.Max(figures => figures?.RssMebibytes))),
                Verdict([.. all.OfType<Figures>().SelectMany(figures => figures.Samples)]),
            ];
            page.Row(cells);
        }
    }

    private static Phrase Verdict(IReadOnlyCollection<Sample> samples)
    {
        if (samples.Any(sample => sample.Failure is not null))
            return new("failed", "失败");
        var wrong = samples.SelectMany(sample => sample.Wrong).Select(state => state.State.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        return wrong.Count == 0 ? new("all right", "全部正确") : new(string.Join(", ", wrong) + " wrong", string.Join("、", wrong) + " 有误");
    }
}
