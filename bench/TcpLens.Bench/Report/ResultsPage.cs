using TcpLens.Bench.Contenders;
using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>The page of results, made from raw data alone: the same data give the same bytes.</summary>
public sealed class ResultsPage(RawData data)
{
    private static readonly Phrase s_process = new("### Whole processes, from start to exit", "### 整个进程：从启动到退出");
    private static readonly Phrase s_resident = new("### One reading of a program that runs anyway", "### 常驻程序的一次读取");

    private readonly List<SizeFigures> _sizes = data.Samples.GroupBy(sample => sample.Size).OrderBy(group => group.Key).Select(group => new SizeFigures(group.Key, group)).ToList();

    public string In(Language language)
    {
        var page = new MarkdownPage(language);
        Head(page);
        foreach (var size in _sizes)
        {
            page.Line();
            page.Line(new Phrase("## {0} sockets", "## {0} 个套接字").With($"{size.Size:N0}"));
            Table(page, size, Position.Process, s_process, size.Of("tcplens")?.Cost);
            Table(page, size, Position.Resident, s_resident, size.Of(ContenderText.TcpLensReading)?.Cost);
        }

        Targets(page);
        Participants(page);
        return page.ToString();
    }

    private void Head(MarkdownPage page)
    {
        page.Line(new Phrase("# TcpLens and its peers: results", "# TcpLens 与同类工具对比：结果"));
        page.Line();
        page.Line(new Phrase(
            "Made by `bench/run` from the raw data; do not edit. What is measured, and how: [README.md](README.md). [中文](RESULTS.zh.md)",
            "本页由 `bench/run` 根据原始数据生成，请勿手工修改。测量内容和方法见 [README.md](README.md)。[English](RESULTS.md)"));
        page.Line();
        RunTable.Write(page, data.Run);
    }

    private static void Table(MarkdownPage page, SizeFigures size, Position position, Phrase title, double? unit)
    {
        var rows = size.In(position).ToList();
        if (rows.Count == 0)
            return;
        page.Line();
        page.Line(title);
        page.Line();
        page.Row(new("Contender", "工具"), new("Wall ms: median [quartiles]", "耗时 ms：中位数 [四分位]"), new("CPU ms", "CPU ms"), new("Peak RSS MiB", "内存峰值 MiB"),
            new("× TcpLens", "× TcpLens"), new("Rounds", "轮数"), new("States", "状态计数"));
        page.Line("|---|---:|---:|---:|---:|---:|---|");
        foreach (var row in rows)
        {
            string wall = row.Wall is { } time ? $"{Number(time.Median)} [{Number(time.Lower)}–{Number(time.Upper)}]" : "–";
            page.Row(
                row.Text.Name, Phrase.Same(wall), Phrase.Same(Number(row.Cpu?.Median)), Phrase.Same(Number(row.RssMebibytes)),
                Phrase.Same(Number(row.Cost / unit)), Phrase.Same($"{row.Samples.Count}"), Verdict(row));
        }
    }

    // The worst that was said of each state, over all rounds.
    private static Phrase Verdict(Figures row)
    {
        if (row.Samples.FirstOrDefault(sample => sample.Failure is not null) is { } failed)
            return new Phrase("failed: {0}", "失败：{0}").With(failed.Failure!.Replace("|", "\\|", StringComparison.Ordinal));
        var wrong = row.Samples.SelectMany(sample => sample.Wrong).GroupBy(one => one.State, StringComparer.Ordinal).ToList();
        if (wrong.Count == 0)
        {
            return row.Samples.Any(sample => sample.Own > 0)
                ? new("all right (and its own connection)", "全部正确（外加它自己的连接）")
                : new("all right", "全部正确");
        }

        string list = string.Join(", ", wrong.Select(one => one.MaxBy(state => Math.Abs(state.Said - state.True))!)
            .Select(state => $"{state.State.ToUpperInvariant()} {state.Said:N0}≠{state.True:N0}"));
        return new Phrase("wrong: {0}", "错误：{0}").With(list);
    }

    private void Targets(MarkdownPage page)
    {
        var judged = Target.All
            .Select(target => (Target: target, Figures: _sizes.Find(size => size.Size == target.Size)))
            .Select(one => (one.Target, Figure: one.Figures is null ? null : one.Target.Figure(one.Figures), Void: IsWrong(one.Figures)))
            .Where(one => one.Figure is not null)
            .ToList();
        if (judged.Count == 0)
            return;
        page.Line();
        page.Line(new Phrase("## Targets", "## 目标"));
        page.Line();
        page.Row(new("Figure", "指标"), new("Sockets", "套接字数"), new("At most", "上限"), new("Measured", "实测"), Phrase.Same(""));
        page.Line("|---|---:|---:|---:|---|");
        foreach (var (target, figure, isVoid) in judged)
        {
            page.Row(target.Claim, Phrase.Same($"{target.Size:N0}"), Phrase.Same(Ratio(target.Limit)), Phrase.Same(Ratio(figure!.Value)),
                isVoid ? new("**void: TcpLens counted wrongly**", "**无效：TcpLens 计数有误**")
                : figure <= target.Limit ? new("met", "达到")
                : Missed(target.Why));
        }

        page.Line();
        page.Line(new Phrase(
            "Judged elsewhere: memory and processor time of the resident monitor in [RESIDENT.md](RESIDENT.md); no allocation per reading by the test `ReadingAllocates`; a hundred namespaces by `bench/namespaces`.",
            "另行评判：常驻监控的内存和 CPU 见 [RESIDENT.zh.md](RESIDENT.zh.md)；每次读取零分配由测试 `ReadingAllocates` 保证；一百个命名空间由 `bench/namespaces` 测量。"));
    }

    private static Phrase Missed(Phrase? why)
    {
        var missed = new Phrase("**missed**", "**未达到**");
        return why is { } reason ? missed.Then(Phrase.Same(": ")).Then(reason) : missed;
    }

    // A fast wrong count is worth nothing.
    private static bool IsWrong(SizeFigures? figures) =>
        figures is not null && ContenderText.All.Any(text => text.Id.StartsWith("tcplens", StringComparison.Ordinal) && figures.Of(text.Id)?.AllRight == false);

    private void Participants(MarkdownPage page)
    {
        page.Line();
        page.Line(new Phrase("## What is timed", "## 测的是什么"));
        page.Line();
        page.Row(new("Contender", "工具"), new("Timed", "测量内容"), new("Version", "版本"));
        page.Line("|---|---|---|");
        foreach (var text in ContenderText.All)
        {
            // Who is not even absent did not take part yet when the data were made.
            if (!data.Run.Versions.TryGetValue(text.Source, out string? version))
                continue;
            page.Row(text.Name, text.Timed, version == "absent" ? new("not on this machine", "本机没有") : Phrase.Same(version));
        }
    }

    internal static string Number(double? value) => value switch
    {
        null => "–",
        >= 1000 => $"{value:N0}",
        >= 100 => $"{value:F0}",
        >= 10 => $"{value:F1}",
        _ => $"{value:F2}",
    };

    private static string Ratio(double value) => value >= 0.1 ? $"{value:0.##}" : $"{value:0.#####}";
}
