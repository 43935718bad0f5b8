using TcpLens.UnitTests.Monitoring;

namespace TcpLens.UnitTests.Web;

/// <summary>A wall clock that a test sets; timers and measured times are real.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = SampleReports.At;

    public override DateTimeOffset GetUtcNow() => Now;
}
