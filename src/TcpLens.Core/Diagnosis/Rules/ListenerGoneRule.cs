using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>A port on which a program listened for a minute at least, and does not any more.</summary>
internal static class ListenerGoneRule
{
    private const string Id = "listener_gone";

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("listening ports that were there before", "先前存在的监听端口"),
        Judge = Judge,
        OpensAfter = TimeSpan.FromSeconds(10),
        ClosesAfter = TimeSpan.Zero,
    };

    private static Judgement Judge(DiagnosisInput input) => Judgement.Of(
        input.GoneListeners.Select(gone => new Finding
        {
            Rule = Id,
            Level = Severity.Warning,
            Subject = Subject.Port(gone.Port),
            Sentence = new Phrase("Nobody listens on port {0} any more.", "端口 {0} 不再有监听。").With(gone.Port),
            Evidence =
            [
                new("listened", new("listened for", "曾监听"), Math.Round(gone.Listened.TotalSeconds), "s"),
                new("gone", new("gone for", "已消失"), Math.Round(gone.Gone.TotalSeconds), "s"),
            ],
            RuledOut = [new("Not an ephemeral port, which comes and goes.", "不是时有时无的临时端口。")],
            Cause = new("The service ended, crashed or listens elsewhere now.", "服务已结束、崩溃，或改为监听别处。"),
            Advice = new("Start the service, if it was not stopped on purpose. The finding ends by itself after 15 minutes.", "若非有意停止，请启动服务。15 分钟后此发现会自行结束。"),
            Remedies = [new("systemctl --failed", new("services that crashed", "崩溃的服务")), new("ss -lntp", new("who listens now (root)", "现在谁在监听（需要 root）"))],
            Source = "https://man7.org/linux/man-pages/man2/listen.2.html",
        }),
        new Phrase("{0} listening", "{0} 个在监听").With(input.Reading.Ports.Length));
}
