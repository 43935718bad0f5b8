using TcpLens.Core.History;
using TcpLens.Core.Monitoring;
using TcpLens.UnitTests.Monitoring;

namespace TcpLens.UnitTests.Web;

/// <summary>A history of three points, the second of which is unknown; remembers what it was asked.</summary>
internal sealed class FakeHistory : IHistory
{
    public HistoryQuestion? Asked { get; private set; }

    public HistoryStatus Status => new()
    {
        IsKept = true,
        Path = "/var/lib/tcplens/history.db",
        Bytes = 65_536,
        Oldest = SampleReports.At.AddDays(-3),
    };

    public HistoryAnswer Read(HistoryQuestion question)
    {
        Asked = question;
        long start = question.From.ToUnixTimeMilliseconds();
        return new HistoryAnswer
        {
            Step = TimeSpan.FromMinutes(1),
            Times = [start, start + 60_000, start + 120_000],
            Curves = [.. question.Series.Select(series => new HistoryCurve(series, [1, null, 3], [1.5, null, 3.25], [2, null, 1.0 / 3]))],
            Annotations =
            [
                new(question.From, AnnotationKind.Started, new("started", "已启动")),
                new(question.From.AddMinutes(1), AnnotationKind.KernelSetting, new("somaxconn: 4096, was 128", "somaxconn：4096，原为 128")),
            ],
        };
    }
}
