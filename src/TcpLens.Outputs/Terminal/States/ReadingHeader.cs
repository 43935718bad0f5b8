using TcpLens.Core.Readings;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.States;

/// <summary>The two lines above every view of a reading: where and when, and how it was read.</summary>
public static class ReadingHeader
{
    private const int Columns = 80;

    public static IEnumerable<string> Lines(HostReading host, Language language, Style style)
    {
        string name = TextLayout.Truncate(host.HostName, 28);
        string at = host.At.ToString("yyyy-MM-dd HH:mm:ss zzz");
        yield return $"{style.Bold(name)}  {TextLayout.Truncate($"Linux {host.Kernel}", Columns - TextLayout.Width(name) - at.Length - 4)}  {at}";
        string how = Line(host, tellsBetter: true).In(language);
        // Why it is not read by eBPF is the first to go where the line is too short for all.
        yield return TextLayout.Width(how) <= Columns ? how : TextLayout.Truncate(Line(host, tellsBetter: false).In(language), Columns);
    }

    private static Phrase Scope(HostReading host)
    {
        int read = host.Read.Count();
        if (host.IsAll)
            return new Phrase("{0} of {1} network namespaces", "网络命名空间 {0}/{1}").With(read, host.Namespaces.Length);
        var one = new Phrase("namespace {0}", "网络命名空间 {0}").With(host.Namespaces[0].Name);
        return host.OtherNamespaces switch
        {
            null => one,
            0 => one.Then(new Phrase(" (the only one)", "（唯一）")),
            1 => one.Then(new Phrase(" (1 other: --netns all)", "（另有 1 个：--netns all）")),
            { } others => one.Then(new Phrase(" ({0} others: --netns all)", "（另有 {0} 个：--netns all）").With(others)),
        };
    }

    private static Phrase Line(HostReading host, bool tellsBetter) => new Phrase("{0}; {1}", "{0}；{1}").With(Scope(host), How(host, tellsBetter));

    private static Phrase How(HostReading host, bool tellsBetter)
    {
        if (host.Whole is not { } whole)
            return new Phrase("nothing could be read", "无法读取");
        var source = Phrase.Same(whole.Source);
        if (tellsBetter && whole.WalkedFrom is { } from)
            source = source.Then(new Phrase(" (bpf from {0:N0} sockets on)", "（达到 {0:N0} 个套接字时改用 bpf）").With(from));
        return new Phrase("{0}, {1:0.0} ms, {2}", "{0}，{1:0.0} 毫秒，{2}").With(source, whole.Duration.TotalMilliseconds, Word(whole.Completeness));
    }

    private static Phrase Word(Completeness completeness) => completeness switch
    {
        Completeness.Complete => new Phrase("complete", "完整"),
        Completeness.Interrupted => new Phrase("interrupted", "被打断"),
        Completeness.Truncated => new Phrase("truncated", "被截断"),
        _ => new Phrase("partial", "不完整"),
    };
}
