using TcpLens.Core.Text;

namespace TcpLens.Core.Monitoring;

/// <summary>A report in one sentence: whether something is wrong, the worst first. It is made of the open findings.</summary>
/// <param name="Level">How bad the worst is.</param>
/// <param name="Sentence">The worst, in words.</param>
/// <param name="Detail">What to do about it, and what else there is; <see langword="null"/> when nothing is wrong.</param>
public sealed record Verdict(Severity Level, Phrase Sentence, Phrase? Detail)
{
    /// <summary>The open findings of a report in one sentence.</summary>
    public static Verdict Of(Report report)
    {
        var open = report.Health.Open;
        if (open.IsEmpty)
            return new Verdict(Severity.Ok, Healthy(report.Own?.States.Counts.Sum.Total ?? 0), null);
        var worst = open[0].Finding;
        var detail = worst.Advice;
        foreach (var other in open.AsSpan()[1..])
            detail = detail.Then(new Phrase(" Also: {0}", "另外：{0}").With(other.Finding.Sentence));
        return new Verdict(worst.Level, worst.Sentence, detail);
    }

    private static Phrase Healthy(long sockets) => sockets switch
    {
        0 => new("No TCP sockets here, and nothing wrong.", "这里没有 TCP 套接字，一切正常。"),
        1 => new("One socket, and nothing wrong.", "共 1 个套接字，一切正常。"),
        _ => new Phrase("{0} sockets, all within their limits.", "共 {0} 个套接字，均未超出限制。").With($"{sockets:N0}"),
    };
}
