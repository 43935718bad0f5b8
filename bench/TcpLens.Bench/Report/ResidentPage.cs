using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>The page that tells what programs cost which watch the sockets all the time, made from raw data alone.</summary>
public sealed class ResidentPage(RawData data)
{
    private readonly ILookup<(int Size, string Monitor), Sample> _samples = data.Samples.ToLookup(sample => (sample.Size, sample.Contender));

    public string In(Language language)
    {
        var page = new MarkdownPage(language);
        page.Line(new Phrase("# What a resident monitor costs", "# 常驻监控程序的开销"));
        page.Line();
        page.Line(new Phrase(
            "Programs that watch the TCP sockets of a host all the time, each alone on the same load. Made by `sudo bench/run resident` from the raw data; do not edit. How: [README.md](README.md). [中文](RESIDENT.zh.md)",
            "持续监视主机 TCP 套接字的程序，在相同负载下各自单独运行。本页由 `sudo bench/run resident` 根据原始数据生成，请勿手工修改。方法见 [README.md](README.md)。[English](RESIDENT.md)"));
        page.Line();
        RunTable.Write(page, data.Run);
        foreach (int size in data.Samples.Select(sample => sample.Size).Distinct().Order())
            Table(page, size);
        Legend(page);
        Participants(page);
        return page.ToString();
    }

    private void Table(MarkdownPage page, int size)
    {
        page.Line();
        page.Line(new Phrase("## {0} sockets", "## {0} 个套接字").With($"{size:N0}"));
        page.Line();
        page.Row(new("Monitor", "程序"), new("CPU, % of one core: median [quartiles]", "CPU（单核 %）：中位数 [四分位]"), new("Readings per minute", "每分钟读取次数"), new("CPU ms per reading", "每次读取 CPU ms"),
            new("× TcpLens, every second", "× TcpLens（每秒读取）"), Phrase.Same("RSS MiB"), new("Peak RSS MiB", "RSS 峰值 MiB"), Phrase.Same("PSS MiB"), new("Rounds", "轮数"), new("States", "状态计数"));
        page.Line("|---|---:|---:|---:|---:|---:|---:|---:|---:|---|");
        double? unit = PerReading(_samples[(size, ResidentText.Unit)])?.Median;
        foreach (var text in ResidentText.All)
        {
            List<Sample> samples = [.. _samples[(size, text.Id)]];
            var perReading = PerReading(samples);
            page.Row(
                text.Name, Phrase.Same(Share(samples)), Median(samples, sample => 60 * sample.Readings / sample.Seconds), Phrase.Same(ResultsPage.Number(perReading?.Median)),
                Phrase.Same(ResultsPage.Number(perReading?.Median / unit)), Mebibytes(samples, sample => sample.ResidentKib), Mebibytes(samples, sample => sample.RssKib),
                Mebibytes(samples, sample => sample.PssKib), Phrase.Same($"{samples.Count(sample => sample.Failure is null)}"), Verdict(samples));
        }
    }

    private static string Share(List<Sample> samples) => Quartiles.Of(samples.Select(sample => sample.CpuMs / sample.Seconds / 10)) is { } share
        ? $"{ResultsPage.Number(share.Median)} [{ResultsPage.Number(share.Lower)}–{ResultsPage.Number(share.Upper)}]"
        : "–";

    private static Quartiles? PerReading(IEnumerable<Sample> samples) => Quartiles.Of(samples.Select(sample => sample.Readings > 0 ? sample.CpuMs / sample.Readings : null));

    private static Phrase Median(List<Sample> samples, Func<Sample, double?> figure) => Phrase.Same(ResultsPage.Number(Quartiles.Of(samples.Select(figure))?.Median));

    private static Phrase Mebibytes(List<Sample> samples, Func<Sample, long?> kib) => Median(samples, sample => kib(sample) / 1024.0);

    private static Phrase Verdict(List<Sample> samples)
    {
        if (samples.Count == 0)
            return new("not measured", "未测量");
        if (samples.Find(sample => sample.Failure is not null) is { } failed)
            return new Phrase("failed: {0}", "失败：{0}").With(failed.Failure!.Replace("|", "\\|", StringComparison.Ordinal));
        var wrong = samples.SelectMany(sample => sample.Wrong).GroupBy(one => one.State, StringComparer.Ordinal)
            .Select(one => one.MaxBy(state => Math.Abs(state.Said - state.True))!)
            .Select(state => $"{state.State.ToUpperInvariant()} {state.Said:N0}≠{state.True:N0}")
            .ToList();
        if (wrong.Count > 0)
            return Told(samples[0], new Phrase("wrong: {0}", "错误：{0}").With(string.Join(", ", wrong)));
        return samples.Exists(sample => sample.Own > 0)
            ? new("all right (and the connections of those who ask)", "全部正确（外加查询者自己的连接）")
            : Told(samples[0], samples[0].Told is null ? new("all right", "全部正确") : new("right", "正确"));
    }

    private static Phrase Told(Sample sample, Phrase verdict) => sample.Told is { } told
        ? new Phrase("tells {0} of the {1} states ({2}): ", "{1} 个状态中只给出 {0} 个（{2}）：").With(told.Count, TcpStates.All.Length, string.Join(", ", told).ToUpperInvariant()).Then(verdict)
        : verdict;

    private static void Legend(MarkdownPage page)
    {
        page.Line();
        page.Line(new Phrase(
            "CPU is that of the program and all its processes, while it is watched; start-up is not in it. RSS and PSS are those at the end, the peak is since the start; of several processes the sum. Right or wrong is its last reading.",
            "CPU 为该程序及其所有进程在测量期间的用量，不含启动阶段。RSS 和 PSS 为测量结束时的值，峰值为自启动以来的最大值；有多个进程时取总和。正确与否以最后一次读取为准。"));
    }

    private void Participants(MarkdownPage page)
    {
        page.Line();
        page.Line(new Phrase("## What runs", "## 运行的是什么"));
        page.Line();
        page.Row(new("Monitor", "程序"), new("How it runs", "运行方式"), new("Version", "版本"));
        page.Line("|---|---|---|");
        foreach (var text in ResidentText.All)
        {
            string version = data.Run.Versions.GetValueOrDefault(text.Id, "absent");
            page.Row(text.Name, text.Does, version == "absent"
                ? new("not on this machine: the package could not be had from its system's archive", "本机没有：无法从系统软件源取得该软件包")
                : Phrase.Same(version));
        }
    }
}
