using TcpLens.Core.Model;
using TcpLens.Core.Monitoring;
using TcpLens.Core.Text;

namespace TcpLens.Core.Diagnosis.Rules;

/// <summary>Half-open connections of a port against what its listeners have room for.</summary>
internal static class SynBacklogRule
{
    public const string Id = "syn_backlog";

    // Without cookies the kernel keeps the last quarter of tcp_max_syn_backlog for clients that it knows (tcp_conn_request).
    private const double OpenToAll = 0.75;

    private static readonly Func<Thresholds, Marks> s_marks = at => new Marks { Warning = Mark.From(at.HalfOpenWarning) };

    public static Rule Rule { get; } = new()
    {
        Id = Id,
        What = new("half-open connections against the backlog", "半开连接占 backlog 的比例"),
        Judge = Judge,
        SilentWhile = [SynFloodRule.Id],
    };

    private static Judgement Judge(DiagnosisInput input)
    {
        var ports = input.Reading.Ports;
        if (!ports.IsEmpty && ports.All(port => port.HalfOpenMaximum is null))
            return Judgement.Unknown(new("this source does not tell the limits of the queues", "此数据源不提供队列上限"));
        return Judgement.Of(
            ports.Select(port => OfPort(input, port)).OfType<Finding>(),
            ports.IsEmpty ? new("nobody listens here", "没有监听端口") : new Phrase("fullest: {0} %", "最满：{0}%").With(Figures.Percent(ports.Max(port => Percent(input, port)))));
    }

    private static Finding? OfPort(DiagnosisInput input, ListeningPort port)
    {
        var subject = Subject.Port(port.Port);
        double? percent = Percent(input, port);
        var level = s_marks(input.Thresholds).Of(percent, input.OpenAs(Id, subject));
        if (level == Severity.Ok)
            return null;
        var signs = input.Reading.Signs;
        bool isPath = signs.RepeatedSynRecv * 2 >= input.Sockets(TcpState.SynRecv);
        bool isSlow = port.AcceptQueuePercent >= 100;
        return new Finding
        {
            Rule = Id,
            Level = level,
            Subject = subject,
            Sentence = new Phrase("SYN queue of port {0}: {1} of {2} ({3} %).", "端口 {0} 的 SYN 队列：{1}/{2}（{3}%）。")
                .With(port.Port, Figures.Count(port[TcpState.SynRecv]), Figures.Count(Room(input, port)!.Value), Figures.Percent(percent)),
            Evidence =
            [
                new("syn_recv", Phrase.Same("SYN_RECV"), port[TcpState.SynRecv]),
                new("backlog", new("room", "容量"), Room(input, port)!.Value),
                new("repeated", new("SYN-ACK sent again (host)", "重传过 SYN-ACK（本机）"), signs.RepeatedSynRecv),
                .. input.Earlier(TcpState.SynRecv),
            ],
            RuledOut = isSlow ? [] : [new("The accept queue is not full: the program accepts.", "accept 队列未满：程序在正常 accept。")],
            Confidence = isSlow ? Confidence.High : Confidence.Medium,
            Cause = isSlow
                ? new("The accept queue is full, so that finished handshakes stay half-open: the program does not accept.", "accept 队列已满，已完成的握手停留在半开状态：程序没有 accept。")
                : isPath
                    ? new("Most SYN-ACKs were sent again: the clients do not answer. Spoofed sources, or a path that loses packets one way.", "多数 SYN-ACK 被重传：客户端没有应答。源地址伪造，或单向丢包。")
                    : new("More clients knock at once than the backlog has room for, or a flood begins.", "同时到来的客户端超过 backlog 的容量，或洪水刚刚开始。"),
            Advice = new(
                "Half-open connections fill the backlog: a SYN flood, a lossy path, or a backlog too small. Keep tcp_syncookies at 1.",
                "半开连接占满 backlog：SYN 洪水、链路丢包，或 backlog 太小。请保持 tcp_syncookies 为 1。"),
            Remedies =
            [
                new($"tcplens list state:syn_recv lport:{port.Port}", new("which sources", "来源有哪些")),
                new("nstat -az 'TcpExtTCPReqQFull*'", new("is it full already?", "是否已满")),
            ],
            Source = "https://docs.kernel.org/networking/snmp_counter.html",
        };
    }

    private static double? Percent(DiagnosisInput input, ListeningPort port) => 100.0 * port[TcpState.SynRecv] / Room(input, port);

    private static double? Room(DiagnosisInput input, ListeningPort port) => input.Limits is { Syncookies: 0, SynBacklogMaximum: { } backlog }
        ? Math.Min(OpenToAll * backlog, port.HalfOpenMaximum ?? double.MaxValue)
        : port.HalfOpenMaximum;
}
