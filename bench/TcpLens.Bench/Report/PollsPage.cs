using TcpLens.Bench.Zabbix;
using TcpLens.Core.Text;

namespace TcpLens.Bench.Report;

/// <summary>The page that tells what the eleven numbers cost a host for each poll of Zabbix, made from raw data alone.</summary>
public sealed class PollsPage(RawData data)
{
    /// <summary>What an agent waits for a key unless told otherwise, milliseconds (zabbix_agentd.conf, <c>Timeout</c>).</summary>
    private const double UsualTimeoutMs = 3000;

    private readonly ILookup<(int Size, string Contender), Sample> _samples = data.Samples.ToLookup(sample => (sample.Size, sample.Contender));

    private IEnumerable<int> Sizes => data.Samples.Select(sample => sample.Size).Distinct().Order();

    public string In(Language language)
    {
        var page = new MarkdownPage(language);
        page.Line(new Phrase("# What a poll of Zabbix costs", "# Zabbix 每次轮询的开销"));
        page.Line();
        page.Line(new Phrase(
            "The eleven numbers of one poll, brought in several ways through real agents. Made by `sudo bench/run zabbix` from the raw data; do not edit. How: [README.md](README.md). [中文](ZABBIX.zh.md)",
            "通过真实的 agent，以几种方式取得一次轮询所需的十一个数值。本页由 `sudo bench/run zabbix` 根据原始数据生成，请勿手工修改。方法见 [README.md](README.md)。[English](ZABBIX.md)"));
        page.Line();
        RunTable.Write(page, data.Run);
        foreach (int size in Sizes)
        {
            page.Line();
            page.Line(new Phrase("## {0} sockets", "## {0} 个套接字").With($"{size:N0}"));
            Table(page, size, new("### Processor time of the agent and all that it starts, ms", "### agent 及其启动的所有进程的 CPU 时间（ms）"), sample => sample.CpuMs);
            Table(page, size, new("### From the first question to the last answer, ms", "### 从第一次询问到最后一次应答的耗时（ms）"), sample => sample.WallMs);
            Verdicts(page, size);
        }

        Asked(page);
        return page.ToString();
    }

    private void Table(MarkdownPage page, int size, Phrase title, Func<Sample, double?> figure)
    {
        page.Line();
        page.Line(title);
        page.Line();
        page.Row([new("Median [quartiles]", "中位数 [四分位]"), .. Polls.Agents.Select(agent => Phrase.Same(agent.Name))]);
        page.Line("|---|" + string.Concat(Enumerable.Repeat("---:|", Polls.Agents.Count)));
        foreach (var method in PollMethod.All)
            page.Row([method.Name, .. Polls.Agents.Select(agent => Cell(Of(size, method, agent), figure))]);
    }

    private static Phrase Cell(List<Sample> samples, Func<Sample, double?> figure)
    {
        if (samples.Exists(sample => sample.Failure is not null))
            return new("failed", "失败");
        return Quartiles.Of(samples.Select(figure)) is { } time
            ? Phrase.Same(samples.Count == 1 ? Number(time.Median) : $"{Number(time.Median)} [{Number(time.Lower)}–{Number(time.Upper)}]")
            : Phrase.Same("–");
    }

    private void Verdicts(MarkdownPage page, int size)
    {
        page.Line();
        page.Row(new("", ""), new("× master item", "× 主监控项"), new("Rounds", "轮数"), new("Slowest key, ms", "最慢的键（ms）"), new("What the server gets", "server 得到什么"));
        page.Line("|---|---:|---:|---:|---|");
        double? unit = Cpu(size, PollMethod.All[0]);
        foreach (var method in PollMethod.All)
        {
            var samples = Polls.Agents.SelectMany(agent => Of(size, method, agent)).ToList();
            if (samples.Count == 0)
                continue;
            double? slowest = samples.Max(sample => sample.SlowestMs);
            page.Row(
                method.Name, Phrase.Same(Number(Cpu(size, method) / unit)), Phrase.Same(Rounds(size, method)), Phrase.Same(Number(slowest)), Verdict(samples, slowest));
        }
    }

    // Processor time, because it is what the host pays whatever else it does.
    private double? Cpu(int size, PollMethod method) => Quartiles.Of(Polls.Agents.SelectMany(agent => Of(size, method, agent)).Select(sample => sample.CpuMs))?.Median;

    private string Rounds(int size, PollMethod method)
    {
        int[] rounds = [.. Polls.Agents.Select(agent => Of(size, method, agent).Count).Where(count => count > 0)];
        return rounds.Min() == rounds.Max() ? $"{rounds[0]}" : $"{rounds.Min()}–{rounds.Max()}";
    }

    private static Phrase Verdict(List<Sample> samples, double? slowest)
    {
        if (samples.Find(sample => sample.Failure is not null) is { } failed)
            return new Phrase("failed: {0}", "失败：{0}").With(failed.Failure!.Replace("|", "\\|", StringComparison.Ordinal));
        var said = samples.Max(sample => sample.Unusable) is { } unusable
            ? new Phrase("nothing: {0} values are a warning before a number, “not supported”", "什么也得不到：{0} 个值都是警告加数字，“不支持”").With(unusable)
            : Wrong(samples);
        return slowest > UsualTimeoutMs
            ? said.Then(new Phrase("; beyond the usual `Timeout` of {0} s", "；超过默认的 `Timeout`（{0} 秒）").With(UsualTimeoutMs / 1000))
            : said;
    }

    // The worst that was said of each state, over all rounds and agents.
    private static Phrase Wrong(List<Sample> samples)
    {
        var wrong = samples.SelectMany(sample => sample.Wrong).GroupBy(one => one.State, StringComparer.Ordinal).ToList();
        return wrong.Count == 0
            ? new("all eleven right", "十一个数值全部正确")
            : new Phrase("wrong: {0}", "错误：{0}").With(string.Join(", ", wrong.Select(one => one.MaxBy(state => Math.Abs(state.Said - state.True))!)
                .Select(state => $"{state.State.ToUpperInvariant()} {state.Said:N0}≠{state.True:N0}")));
    }

    private void Asked(MarkdownPage page)
    {
        page.Line();
        page.Line(new Phrase("## What is asked", "## 问的是什么"));
        page.Line();
        page.Row(new("Way", "方式"), new("One poll", "一次轮询"));
        page.Line("|---|---|");
        foreach (var method in PollMethod.All)
            page.Row(method.Name, method.Asked);
        page.Line();
        page.Row(new("Program", "程序"), new("Version", "版本"));
        page.Line("|---|---|");
        foreach (var agent in Polls.Agents)
            page.Row(Phrase.Same(agent.Name), Version($"{PollMethod.All[0].Id}-{agent.Version}-{agent.Kind}"));
        page.Row(Phrase.Same("TcpLens"), Version("tcplens"));
        page.Row(Phrase.Same("netstat"), Version("netstat-recipe"));
    }

    private Phrase Version(string of) =>
        data.Run.Versions.GetValueOrDefault(of, "absent") is var version && version == "absent" ? new("not on this machine", "本机没有") : Phrase.Same(version);

    private List<Sample> Of(int size, PollMethod method, (string Version, string Kind, string Name) agent) =>
        [.. _samples[(size, $"{method.Id}-{agent.Version}-{agent.Kind}")]];

    private static string Number(double? value) => ResultsPage.Number(value);
}
